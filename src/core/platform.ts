import type { Drawn } from './chart.ts'
import type { Option, Question } from './form.ts'
import type { Interaction, Member, Place, PlatformName } from './interaction.ts'
import type { Block, Choice, Markdown, Message, Reader, Translate } from './message.ts'

/** Bytes that travel with a message or came with one. */
export interface Stored {
  name: string
  type: string
  bytes: Uint8Array
}
/** A form that is open for a person, in her words. */
export interface OpenForm {
  name: string
  about: string
  title: Markdown
  questions: Question[]
}
/** What comes back live, at once, to whoever acted. */
export type Live =
  | { kind: 'ask'; form: OpenForm }
  | { kind: 'problems'; form: OpenForm; problems: Record<string, Markdown> }
  | { kind: 'silence' }

/** What a platform is given: it turns native events into these, and draws each live reply in its own way. */
export interface Intake {
  t: (reader: Reader) => Translate
  /** The person behind an account, made at first sight. */
  member(account: Account): Promise<Member>
  /** The shared place behind a native id; one the bot has not met gets the programme's language and time. */
  place(platform: PlatformName, workspace: string, id: string): Promise<Place>
  /** A text as it was typed: a command in any language, or something said. */
  read(text: string): { kind: 'command'; name: string; text: string; said?: string } | { kind: 'said'; text: string }
  /** Whether this command always asks: its form can then be opened, still empty, before it is handled. */
  opens(command: string): boolean
  /** What does not pass in the answers to a form, found without looking anything up. */
  check(form: string, raw: Record<string, string>, reader: Reader): Record<string, Markdown>
  /**
   * Writes the event down; false when it is already known. Acknowledge after this, and only then. With `until`, it throws
   * `TooLate` once that signal comes, and what was not written by then never is.
   */
  accept(event: Interaction, until?: AbortSignal): Promise<boolean>
  /**
   * Writes an event down and runs it, for a platform that need not be told in between; undefined when it was already known. `kept`
   * is called when nothing can undo any more that it was heard.
   */
  receive(event: Interaction, kept?: () => void): Promise<Live | undefined>
  /** Runs an accepted event. `ask` and `problems` come back live; everything else goes through the outbox. */
  handle(id: string): Promise<Live>
  /** The form that is open for a person. */
  form(member: Member): Promise<OpenForm | undefined>
  /** What a search field finds. */
  search(source: string, typed: string, reader: Member): Promise<Option[]>
  /** Takes a file in; its id is the field's raw answer. */
  keep(file: Stored, owner: Member): Promise<string>
  /** A stored file as it is shown; a chart is drawn, as a picture unless the platform takes vectors. */
  file(id: string, as?: Drawn): Promise<Stored | undefined>
  /** The choices of a message, by its key; of the latest with any in a place, without. */
  offered(place: Place, key?: string): Promise<{ key: string; choices: Choice[] } | undefined>
  /** The key of what the bot posted, by the platform's own reference to it. */
  posted(place: Pick<Place, 'platform' | 'workspace'>, ref: string): Promise<string | undefined>
  /** What concerns a person, for a page of her own that the platform keeps. */
  home(member: Member): Promise<Block[]>
  /** Follows what changed on the platform without anybody saying a thing. */
  follow(change: Change): Promise<void>
}
/** A place was renamed or closed for good; an account changed its profile, or was closed. */
export type Change =
  | { kind: 'renamed'; place: Spot; name: string }
  | { kind: 'closed'; place: Spot }
  | { kind: 'profile' | 'gone'; account: Account }
export type Spot = Pick<Place, 'platform' | 'workspace' | 'id'>
/** A native account as the platform knows it. */
export interface Account {
  platform: PlatformName
  workspace: string
  account: string
  name: string
  locale?: string
  timezone?: string
}
export interface Placement {
  to: Place
  key: string
  /** The key of the thread's root, and the platform's reference to it. */
  under?: string
  root?: string
  onlyFor?: string
  /** For an edit: the key of what is edited. */
  instead?: string
  /** When it was first meant to be posted: an earlier attempt cannot be older. */
  since?: Temporal.Instant
}
/** What can never succeed: the sender gives the post up and tells the administrator. */
export class Undeliverable extends Error {}
/** The platform does not let the bot in at all: `reason` is its own word for why. */
export class Refused extends Error {
  readonly platform: string
  readonly reason: string
  constructor(platform: string, reason: string) {
    super(`${platform}: ${reason}`)
    this.platform = platform
    this.reason = reason
  }
}
/** The event could not be written down in time: whoever acted is told to try again. */
export class TooLate extends Error {}
/** The platform asks for patience; `scope` is the limit that was met, the narrowest that applies when it does not say. */
export class Busy extends Error {
  readonly seconds: number
  readonly scope: Scope | undefined
  constructor(seconds: number, scope?: Scope) {
    super(`asked to wait ${seconds} s`)
    this.seconds = seconds
    this.scope = scope
  }
}

/** A steady rate, and how many may come at once after a rest. */
export interface Rate {
  perMinute: number
  burst: number
}
/**
 * What a limit is counted for: what is posted into one place; and in one workspace, or for one account, everything, edits
 * alone, or messages with pictures and files alone.
 */
export type Scope = 'place' | 'account' | 'edit' | 'file'
/** What a platform takes before it refuses, as it documents it. The sender keeps to it, and learns from every refusal. */
export type Limits = { readonly [scope in Scope]?: Rate } & {
  /** How many places are written to at the same time. */
  readonly parallel: number
}

export interface Platform {
  readonly name: PlatformName
  /** Whether a form is drawn whole, or asked a line at a time in the direct conversation. */
  readonly asks: 'form' | 'conversation'
  /** Without, it takes everything at once: what it is sent comes one by one, in the order in which it was decided. */
  readonly limits?: Limits
  /** Where nothing can be shown to one person alone in a shared place: what is only hers goes to her direct conversation. */
  readonly personal?: 'direct'
  start(intake: Intake): Promise<void>
  /** For the outbox only. `key` is the same on every retry. Returns the platform's own reference to the message. */
  post(message: Message, at: Placement): Promise<string>
  /** Says it differently, where it was said; elsewhere, if nobody looks there any more. Returns the reference to where it stands now. */
  edit(ref: string, message: Message, at: Placement): Promise<string>
  /** Did an earlier, interrupted `post` of this message with this key arrive? */
  find(at: Placement, message: Message): Promise<string | undefined>
  /** The direct conversation with an account, opened when there is none. */
  direct(account: Account): Promise<Place>
  /** Where only one process at a time can speak: whether another one does, and what is meant for this platform is left to it. */
  elsewhere?(): boolean
  /** Whether it can be reached now; one that does not say always can. */
  up?(): boolean
  /** Seconds since it was last heard, on a platform that speaks even when nothing happens. */
  lag?(): number
  /** Goes into a shared place, where a platform lets it in by itself; false when somebody must invite it. */
  enter?(place: Spot): Promise<boolean>
  stop(): Promise<void>
}

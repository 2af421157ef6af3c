import type { Drawn } from './chart.ts'
import type { Option, Question } from './form.ts'
import type { Interaction, Member, Place, PlatformName } from './interaction.ts'
import type { Choice, Markdown, Message, Reader, Translate } from './message.ts'

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
  read(text: string): { kind: 'command'; name: string; text: string } | { kind: 'said'; text: string }
  /** Writes the event down; false when it is already known. Acknowledge after this, and only then. */
  accept(event: Interaction): Promise<boolean>
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
}
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
  under?: string
  onlyFor?: string
}
/** What can never succeed: the sender gives the post up and tells the administrator. */
export class Undeliverable extends Error {}
/** The platform asks for patience. */
export class Busy extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super(`asked to wait ${seconds} s`)
    this.seconds = seconds
  }
}

export interface Platform {
  readonly name: PlatformName
  /** Whether a form is drawn whole, or asked a line at a time in the direct conversation. */
  readonly asks: 'form' | 'conversation'
  start(intake: Intake): Promise<void>
  /** For the outbox only. `key` is the same on every retry. Returns the platform's own reference to the message. */
  post(message: Message, at: Placement): Promise<string>
  edit(ref: string, message: Message, at: Placement): Promise<void>
  /** Did an earlier, interrupted `post` with this key arrive? */
  find(at: Placement): Promise<string | undefined>
  /** The direct conversation with an account, opened when there is none. */
  direct(account: Account): Promise<Place>
  /** Whether it can be reached now; one that does not say always can. */
  up?(): boolean
  stop(): Promise<void>
}

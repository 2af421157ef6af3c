import type { Calendar } from './calendar.ts'
import { type Answers, type Fields, type Form, type Option, parse } from './form.ts'
import type { Member, Movement, Of, Place, Reply } from './interaction.ts'
import type { Block, Message, Reader, Translate } from './message.ts'

/** An open transaction on either engine; stores take it, handlers only pass it on. */
export interface Tx {
  readonly open: unique symbol
}

/** Something to be said to others. A second `enqueue` with the same `key` does nothing. */
export interface Post {
  to: Place | { member: string }
  message: Message
  key: string
  /** Edits what an earlier key posted; later versions win. */
  instead?: string
  /** The key of the thread's root. */
  under?: string
  /** The member who alone will see it, in a place that others read. */
  onlyFor?: string
  notBefore?: Temporal.Instant
  /** Nobody asked for it: it waits while the member has a pause, and is dropped when `until` passes first. */
  unasked?: { until?: Temporal.Instant }
  /** Whoever acted waits for it: it overtakes what is said to others. What goes to her alone always does. */
  answer?: true
  /** What cannot wait for the morning though it is no answer: a person's words to another, an alarm. */
  atOnce?: true
}
export interface Outbox {
  enqueue(post: Post): Promise<void>
  /** Takes back what nobody has tried to send yet, and what would stand under it; false when it may be out. */
  recall(key: string): Promise<boolean>
  /** Whether nobody has tried to send it yet: an edit changes what will be read first. */
  isUnread(key: string): Promise<boolean>
  /** Her pause has changed: what waits until its old end is looked at again. */
  release(member: string, pausedUntil: Temporal.Instant): Promise<void>
  /** When the first of what was said to others arrives, where quiet hours keep it; undefined where nothing waits for their end. */
  waitsUntil(): Promise<Temporal.Instant | undefined>
}
/** Outward work (`fetch` an address): a row now, done after the commit, its result handed to `done[backTo]`. */
export interface Errands {
  run(errand: { name: string; input: unknown; key: string; backTo: string; about: string }): Promise<void>
}
/** Something to do at a later instant, once. Setting the same `key` again moves it. `name` is `feature.alarm`. */
export interface Alarms {
  set(alarm: { name: string; key: string; at: Temporal.Instant; about: string }): Promise<void>
  clear(key: string): Promise<void>
}
/** What all features together can tell, so that no feature needs to know the others. */
export interface Everything {
  exportOf(member: string): Promise<Record<string, unknown>>
  /** `farewell` is the last she hears: it goes to a place, and nothing ties it to her. */
  erase(member: string, farewell?: Post & { to: Place }): Promise<void>
  digest(window: Window, reader: Reader): Promise<Block[]>
  /** Two members turn out to be one person: from now on all that was hers as `from` is hers as `into`. */
  join(joining: { from: string; into: string }): Promise<void>
}
export interface World {
  t: (reader: Reader) => Translate
  now: Temporal.Instant
  tx: Tx
  outbox: Outbox
  errands: Errands
  alarms: Alarms
  calendar: Calendar
  everything: Everything
  /** When a job runs next after an instant, by its rule as the kit has it; in a zone, the programme's without. */
  nextRun(job: string, after: Temporal.Instant, zone?: string): Promise<Temporal.Instant>
}

/** Runs in one database transaction: it awaits stores, never the network, and may be run again on a conflict. */
export type Handler<I> = (from: I, world: World) => Promise<Reply>
/** What somebody was granted, or is for everybody. */
type Standing = 'administrator' | 'coordinator' | 'operator' | 'member' | 'economic-operator' | 'anyone'
/** What somebody is by what she does now: answers for something, asked for support, proposed what is undecided. Never granted: a feature tells it. */
export type Doing = 'owner' | 'requester' | 'proposer'
export type Role = Standing | Doing
export interface Allowed<I> {
  run: Handler<I>
  /** Who may: checked by dispatch, closed by default, and used by the help and the menus. */
  for: readonly Role[]
}
export interface Command extends Allowed<Of<'command'>> {
  /** Set when it always asks: Slack then opens an empty modal at once, and fills it when the handler is done. */
  opens?: true
  /** Offered, to all who may or only to some, where words were no command: `<feature>.commands.<id>.menu` is the button. */
  menu?: true | readonly Role[]
  /** Whom the help does not tell of it: they may ask, and would hear why it is not for them. */
  hiddenFrom?: readonly Role[]
}
export interface FormHandler extends Allowed<Of<'answers'>> {
  form: Form
}
/** What a job or an alarm is told. `last` is false when a later missed occurrence follows at once. */
export interface Due {
  scheduled: Temporal.Instant
  late: boolean
  last: boolean
  zone: string
}
export interface Job {
  /** RFC 5545, read with the working days of `schedule/recurrence.ts`; the kit may change it. */
  rule: string
  /** After downtime: the most recent occurrence once, or each one in order. */
  missed: 'latest' | 'each'
  /** Once in the programme's zone, or once in every zone that members live in. */
  per: 'programme' | 'zone'
  run: (due: Due, world: World) => Promise<void>
}
/** The time a digest looks at: from (included) to (excluded); `period` is set for the monthly one. */
export interface Window {
  from: Temporal.Instant
  to: Temporal.Instant
  period?: string
}

export interface Feature {
  name: string
  /** What a person is by what she does here, besides the roles that were granted to her. */
  roles?: (member: string, tx: Tx) => Promise<readonly Role[]>
  commands?: Record<string, Command>
  /** By full action name: `practices.adopt`. */
  choices?: Record<string, Allowed<Of<'choice'>>>
  forms?: readonly FormHandler[]
  /** What a search field finds for what was typed; a value finds itself, first. */
  sources?: Record<string, (typed: string, reader: Member, world: World) => Promise<Option[]>>
  said?: Handler<Of<'said'>>
  joined?: Handler<Movement<'joined'>>
  left?: Handler<Movement<'left'>>
  /** Somebody took back what she said in an event: what is kept of it goes. */
  tookBack?: (event: Of<'tookBack'>, world: World) => Promise<void>
  jobs?: Record<string, Job>
  /** By full name: `laboratories.overdue`. */
  alarms?: Record<string, (about: string, world: World) => Promise<void>>
  /** Errands that came back, by full name. */
  done?: Record<string, (result: unknown, about: string, world: World) => Promise<void>>
  /** What it knows of a member, and how that is forgotten. */
  personal?: {
    export: (member: string, tx: Tx) => Promise<unknown>
    erase: (member: string, world: World) => Promise<void>
    /** Two members turn out to be one person: what was hers as `from` is hers as `into`. */
    join?: (joining: { from: string; into: string }, tx: Tx) => Promise<void>
  }
  /** What it shows a member on a page of her own; an empty list when nothing concerns her. */
  home?: (member: Member, world: World) => Promise<Block[]>
  /** Its part of the digest; an empty list when there is nothing to tell. `order` sorts the parts. */
  digest?: { order: number; blocks: (window: Window, reader: Reader, world: World) => Promise<Block[]> }
}

/** A form and what happens with its answers: parses, and replies `problems` when a field fails. */
export const onSubmit = <F extends Fields>(
  form: Form<F>,
  allowed: readonly Role[],
  submit: (answers: Answers<F>, from: Of<'answers'>, world: World) => Promise<Reply>,
): FormHandler => ({
  form,
  for: allowed,
  run: async (from, world) => {
    const parsed = parse(form, from.raw)
    return parsed.ok ? submit(parsed.answers, from, world) : { kind: 'problems', problems: parsed.problems }
  },
})

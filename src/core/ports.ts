import type { Calendar } from './calendar.ts'
import type { Drawn } from './chart.ts'
import type { Conversation } from './conversation.ts'
import type { Alarms, Errands, Outbox, Role, Tx } from './feature.ts'
import type { Interaction, Member, Place, PlatformName } from './interaction.ts'
import type { Choice, Reader, Translate } from './message.ts'
import type { Observe } from './observe.ts'
import type { Account, Spot, Stored } from './platform.ts'

/** Whose doing something is: what it causes carries her id and the event's. */
export interface Cause {
  event?: string
  author?: string
}

/** How a transaction is done. */
export interface Manner<T> {
  /** Somebody counts the milliseconds: it goes before all others that wait. */
  urgent?: boolean
  /**
   * Called when it is committed, though perhaps not on the disk yet; it throws nothing. What begins then sees it, and may tell of
   * it when a transaction of its own has returned.
   */
  committed?: (result: T) => void
}

/** What the core needs of the parts that store, deliver and speak. `main.ts` plugs them in. */
export interface Ports {
  now(): Temporal.Instant
  transaction<T>(work: (tx: Tx) => Promise<T>, manner?: Manner<T>): Promise<T>
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Whether something failed because of the database alone, and goes well when that is itself again. */
  isUnable(error: unknown): boolean
  /** Another value than before once anything was written, by whomever. */
  version(): unknown
  t: (reader: Reader) => Translate
  /** A key's text in every shipped language; empty when there is none. */
  inEveryLanguage(key: string): string[]
  calendar: Calendar
  outbox(tx: Tx, cause: Cause, now: Temporal.Instant): Outbox
  errands(tx: Tx, cause: Cause, now: Temporal.Instant): Errands
  alarms(tx: Tx): Alarms
  /** When a job with this name and default rule runs next after an instant. */
  nextRun(tx: Tx, job: { id: string; rule: string }, after: Temporal.Instant, zone?: string): Promise<Temporal.Instant>
  people: {
    /** The person behind an account; `member` makes her when there is none. */
    known(tx: Tx, account: Account): Promise<Member | undefined>
    member(tx: Tx, account: Account, now: Temporal.Instant): Promise<Member>
    place(tx: Tx, platform: PlatformName, workspace: string, id: string): Promise<Place>
    roles(tx: Tx, member: string): Promise<Set<Role>>
    export(tx: Tx, member: string): Promise<unknown>
    erase(tx: Tx, member: string, now: Temporal.Instant): Promise<void>
    join(tx: Tx, joining: { from: string; into: string }): Promise<void>
    /** Everyone with a role. */
    withRole(tx: Tx, role: Exclude<Role, 'anyone'>): Promise<Member[]>
    /** Her name and zone follow her profile on the platform; undefined when nobody knows the account. */
    changed(tx: Tx, account: Account): Promise<Member | undefined>
    /** Nothing reaches this account any more. Returns whose it was. */
    gone(tx: Tx, account: Account): Promise<Member | undefined>
  }
  places: {
    renamed(tx: Tx, place: Spot, name: string): Promise<void>
    /** Nothing is said in this place any more. Returns the name of one that had a purpose. */
    closed(tx: Tx, place: Spot): Promise<string | undefined>
  }
  inbox: {
    accept(tx: Tx, event: Interaction): Promise<boolean>
    /** Takes an accepted event, for the outcome that it has when this transaction commits; undefined when it has one. */
    take(tx: Tx, id: string, outcome: 'handled' | 'failed'): Promise<Interaction | undefined>
  }
  conversations: {
    of(tx: Tx, member: string, now: Temporal.Instant): Promise<Conversation | undefined>
    save(tx: Tx, conversation: Conversation): Promise<void>
    drop(tx: Tx, member: string): Promise<void>
  }
  files: {
    keep(tx: Tx, file: Stored, owner: string, now: Temporal.Instant): Promise<string>
    show(id: string, as?: Drawn): Promise<Stored | undefined>
  }
  /** The choices of a message, by its key; of the latest with any in a place, without. */
  offered(tx: Tx, place: Place, key?: string): Promise<Offered | undefined>
  /** The key of what was posted, by the platform's own reference. */
  posted(tx: Tx, place: Pick<Place, 'platform' | 'workspace'>, ref: string): Promise<string | undefined>
  /** Whether this platform asks a form a line at a time. */
  converses(platform: PlatformName): boolean
  /** Called when something was committed: there may be something to send. */
  wake(): void
  log: Log
  /** Told what happens that is worth counting. */
  observe: Observe
}
export interface Offered {
  /** The message that has them. */
  key: string
  choices: Choice[]
  /** Whether nothing was said there since. */
  isLast?: boolean
}
/** Structured, never with the text of a message. */
export interface Log {
  info(fields: object, what: string): void
  warn(fields: object, what: string): void
  error(fields: object, what: string): void
}

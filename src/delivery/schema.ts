import { sql } from 'drizzle-orm'
import type { Place } from '#src/core/interaction.ts'
import type { Choice, Message } from '#src/core/message.ts'
import { column, index, table, uniqueIndex } from '#src/storage/table.ts'

/** Answers to whoever acted, and everything else. In each lane of a queue it is first in, first out. */
export const LANES = { answer: 0, bulk: 1 } as const
export type Lane = (typeof LANES)[keyof typeof LANES]

/** Not out yet and free to go; as it stands in the indexes that find the next letter, which a parameter would not match. */
export const unsent = sql.raw("status in ('waiting','sending')")
/** Held until quiet hours are over. */
export const hushed = sql.raw("status = 'held' and hushed")

/** Everything to be said to others, in the order in which it was decided. */
export const outbox = table(
  'outbox',
  {
    id: column.id(),
    key: column.text().notNull(),
    /** Where it goes: a place, or a member, whose direct conversation is found when it is sent. */
    place: column.json<Place>(),
    member: column.text(),
    /** Whoever reads it: a place, or a member in her direct conversation. One letter at a time goes out in each. */
    queue: column.text().notNull(),
    lane: column.integer().$type<Lane>().notNull().default(LANES.bulk),
    /** Dropped once it is sent: what stays is what a later press or edit needs. */
    message: column.json<Message>(),
    choices: column.json<Choice[]>().notNull(),
    instead: column.text(),
    under: column.text(),
    onlyFor: column.text(),
    unasked: column.boolean().notNull(),
    until: column.instant(),
    /** Goes out in quiet hours too. */
    atOnce: column.boolean().notNull().default(true),
    /** The fan-out that it is part of. */
    fanOut: column.text(),
    /** The event that caused it, and whose words it may carry. */
    cause: column.text(),
    author: column.text(),
    /** `held` waits for `dueAt`, `stopped` for whoever stopped its fan-out; `sending` was handed to its platform, and may have arrived though nobody said so. */
    status: column.text().$type<'held' | 'stopped' | 'waiting' | 'sending' | 'sent' | 'dead' | 'dropped'>().notNull(),
    dueAt: column.instant().notNull(),
    /** Held because of quiet hours: whatever keeps them too stays behind it. */
    hushed: column.boolean().notNull().default(false),
    attempts: column.integer().notNull(),
    /** Where it ended up: the place as sent, as one word for searches, and the platform's reference. */
    sentTo: column.json<Place>(),
    spot: column.text(),
    ref: column.text(),
    sentAt: column.instant(),
    failure: column.text(),
  },
  t => [
    uniqueIndex('outbox_key').on(t.key),
    index('outbox_due').on(t.status, t.dueAt),
    index('outbox_lane').on(t.lane, t.queue, t.id).where(unsent),
    index('outbox_unsent').on(t.id).where(unsent),
    index('outbox_hushed').on(t.lane, t.queue, t.id).where(hushed),
    index('outbox_fan_out').on(t.fanOut, t.status),
    index('outbox_instead').on(t.instead),
    index('outbox_author').on(t.author),
    index('outbox_ref').on(t.ref),
    index('outbox_spot').on(t.spot, t.id),
  ],
)

/** Long fan-outs that are not over, each by the event that it came from. */
export const fanOuts = table(
  'fan_outs',
  {
    id: column.id(),
    /** The member whose doing it is: she is told how it goes, and can stop it. */
    starter: column.text().notNull(),
    /** How far it was when she was told last, in steps; below all of them when she was not told yet. */
    told: column.integer().notNull(),
    stopped: column.boolean().notNull(),
  },
  t => [index('fan_outs_starter').on(t.starter)],
)

/** Outward work to be done after the commit. */
export const errands = table(
  'errands',
  {
    id: column.id(),
    key: column.text().notNull(),
    name: column.text().notNull(),
    input: column.json<unknown>().notNull(),
    backTo: column.text().notNull(),
    about: column.text().notNull(),
    /** The event that caused it, and who did. */
    cause: column.text(),
    author: column.text(),
    attempts: column.integer().notNull(),
    dueAt: column.instant().notNull(),
    /** Somebody is at it until then, by the database's clock. */
    leasedUntil: column.instant(),
    done: column.boolean().notNull(),
  },
  t => [uniqueIndex('errands_key').on(t.key), index('errands_due').on(t.done, t.dueAt)],
)

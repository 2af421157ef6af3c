import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { Interaction } from '#src/core/interaction.ts'
import { queries } from './database.ts'
import { databaseNow } from './leases.ts'
import { given, prepared } from './prepared.ts'
import { events } from './schema.ts'

const writing = prepared(on =>
  on
    .insert(events)
    .values({
      id: given('id'),
      interaction: given('interaction'),
      member: given('member'),
      at: given('at'),
      outcome: 'waiting',
      acceptedAt: databaseNow,
    })
    .onConflictDoNothing()
    .returning({ id: events.id }),
)
/** Writes an event down; false when it is already known. */
export async function acceptEvent(tx: Tx, event: Interaction): Promise<boolean> {
  const { id, member, at } = event
  const row = { id, interaction: JSON.stringify(event), member: member.id, at: at.epochMilliseconds }
  const written = await writing(tx).execute(row)
  return written.length === 1
}

const waiting = prepared(on =>
  on
    .select({ interaction: events.interaction })
    .from(events)
    .where(and(eq(events.id, given('id')), eq(events.outcome, 'waiting'))),
)
const taking = prepared(on =>
  on
    .update(events)
    .set({ outcome: sql`${given('outcome')}`, interaction: null })
    .where(and(eq(events.id, given('id')), eq(events.outcome, 'waiting')))
    .returning({ id: events.id }),
)
/**
 * Takes an accepted event to handle it in this transaction, and in no other: it is handled when this commits. Undefined when
 * it was taken before. Only its id is kept, so that it is known when it comes again.
 */
export async function takeEvent(tx: Tx, id: string, outcome: 'handled' | 'failed'): Promise<Interaction | undefined> {
  // Both are on their way at once, and arrive in this order.
  const [[row], taken] = await Promise.all([waiting(tx).execute({ id }), taking(tx).execute({ id, outcome })])
  if (taken.length === 0) return undefined
  if (!row?.interaction) throw new Error(`${id} was taken before it was read`)
  return revive(row.interaction)
}
const revive = (stored: string): Interaction => {
  const event = JSON.parse(stored) as Interaction & { at: string }
  return { ...event, at: Temporal.Instant.from(event.at) } as Interaction
}

/** Whoever accepts an event handles it at once; after so many milliseconds anybody may. */
const LEFT_BEHIND = 60_000

/**
 * What was accepted and not handled, oldest first: a crash came between, or the database could not. `some` leaves whoever may
 * be at it the time to do it.
 */
export async function waitingEvents(tx: Tx, which: 'all' | 'some'): Promise<string[]> {
  const open = eq(events.outcome, 'waiting')
  const leftBehind = lte(events.acceptedAt, sql`${databaseNow} - ${LEFT_BEHIND}`)
  const rows = await queries(tx)
    .select({ id: events.id })
    .from(events)
    .where(which === 'some' ? and(open, leftBehind) : open)
    .orderBy(asc(events.at), asc(events.id))
  return rows.map(({ id }) => id)
}
/** How many are written down and not handled yet. */
export const eventsWaiting = (tx: Tx): Promise<number> => queries(tx).$count(events, eq(events.outcome, 'waiting'))

/** Drops what she said and was not handled yet. */
export async function eraseEvents(tx: Tx, member: string): Promise<void> {
  await queries(tx)
    .update(events)
    .set({ interaction: null, outcome: 'handled' })
    .where(and(eq(events.member, member), eq(events.outcome, 'waiting')))
}

import { and, asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { Interaction } from '#src/core/interaction.ts'
import { queries } from './database.ts'
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
/** An accepted event that has not been handled yet. */
export async function waitingEvent(tx: Tx, id: string): Promise<Interaction | undefined> {
  const [row] = await waiting(tx).execute({ id })
  return row?.interaction ? revive(row.interaction) : undefined
}
const revive = (stored: string): Interaction => {
  const event = JSON.parse(stored) as Interaction & { at: string }
  return { ...event, at: Temporal.Instant.from(event.at) } as Interaction
}

/** What was accepted and never handled, oldest first: a crash came between. */
export const waitingEvents = async (tx: Tx): Promise<string[]> =>
  (
    await queries(tx)
      .select({ id: events.id })
      .from(events)
      .where(eq(events.outcome, 'waiting'))
      .orderBy(asc(events.at), asc(events.id))
  ).map(row => row.id)

const settling = prepared(on =>
  on
    .update(events)
    .set({ outcome: sql`${given('outcome')}`, interaction: null })
    .where(eq(events.id, given('id'))),
)
/** Handled: only its id is kept, so that it is known when it comes again. */
export async function settleEvent(tx: Tx, id: string, outcome: 'handled' | 'failed'): Promise<void> {
  await settling(tx).execute({ id, outcome })
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

import { and, asc, eq } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { Interaction } from '#src/core/interaction.ts'
import { queries } from './database.ts'
import { events } from './schema.ts'

/** Writes an event down; false when it is already known. */
export async function acceptEvent(tx: Tx, event: Interaction): Promise<boolean> {
  const row = {
    id: event.id,
    interaction: JSON.stringify(event),
    member: event.member.id,
    at: event.at.epochMilliseconds,
    outcome: 'waiting' as const,
  }
  const written = await queries(tx).insert(events).values(row).onConflictDoNothing().returning({ id: events.id })
  return written.length === 1
}

/** An accepted event that has not been handled yet. */
export async function waitingEvent(tx: Tx, id: string): Promise<Interaction | undefined> {
  const [row] = await queries(tx)
    .select()
    .from(events)
    .where(and(eq(events.id, id), eq(events.outcome, 'waiting')))
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

/** Handled: only its id is kept, so that it is known when it comes again. */
export async function settleEvent(tx: Tx, id: string, outcome: 'handled' | 'failed'): Promise<void> {
  await queries(tx).update(events).set({ outcome, interaction: null }).where(eq(events.id, id))
}
/** Drops what she said and was not handled yet. */
export async function eraseEvents(tx: Tx, member: string): Promise<void> {
  await queries(tx)
    .update(events)
    .set({ interaction: null, outcome: 'handled' })
    .where(and(eq(events.member, member), eq(events.outcome, 'waiting')))
}

import { and, count, eq, inArray, lt, or } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { fanOuts, outbox } from '../schema.ts'

/** With more posts to others than these, whoever causes them is told how they go. */
export const LONG = 20

export type FanOut = typeof fanOuts.$inferSelect

export async function beginFanOut(tx: Tx, id: string, starter: string): Promise<void> {
  await queries(tx).insert(fanOuts).values({ id, starter, told: -1, stopped: false }).onConflictDoNothing()
}
export async function fanOut(tx: Tx, id: string): Promise<FanOut | undefined> {
  const [row] = await queries(tx).select().from(fanOuts).where(eq(fanOuts.id, id))
  return row
}
export const fanOutIds = async (tx: Tx): Promise<string[]> =>
  (await queries(tx).select({ id: fanOuts.id }).from(fanOuts)).map(({ id }) => id)
/** Those that nobody has stopped. */
export const goingOn = async (tx: Tx): Promise<string[]> =>
  (await queries(tx).select({ id: fanOuts.id }).from(fanOuts).where(eq(fanOuts.stopped, false))).map(({ id }) => id)

/** How its posts stand. */
export interface Standing {
  total: number
  sent: number
  dead: number
  /** Neither out, nor given up. */
  left: number
}
export async function standingOf(tx: Tx, id: string): Promise<Standing> {
  const rows = await queries(tx)
    .select({ status: outbox.status, count: count() })
    .from(outbox)
    .where(eq(outbox.fanOut, id))
    .groupBy(outbox.status)
  const of = (...which: string[]): number =>
    rows.reduce((sum, row) => sum + (which.includes(row.status) ? row.count : 0), 0)
  const [sent, dead, left] = [of('sent'), of('dead'), of('held', 'stopped', 'waiting', 'sending')]
  return { total: sent + dead + left, sent, dead, left }
}

/** Notes how far it is told to be; false when somebody else told that already. */
export async function noteTold(tx: Tx, id: string, step: number): Promise<boolean> {
  const news = and(eq(fanOuts.id, id), or(lt(fanOuts.told, step), eq(fanOuts.stopped, true)))
  return (await queries(tx).update(fanOuts).set({ told: step }).where(news).returning({ id: fanOuts.id })).length > 0
}
/** It is over; false when somebody else saw that before. */
export const endFanOut = async (tx: Tx, id: string): Promise<boolean> =>
  (await queries(tx).delete(fanOuts).where(eq(fanOuts.id, id)).returning({ id: fanOuts.id })).length > 0

/** Nothing of it goes out any more, but for what is with its platform already. */
export async function stopFanOut(tx: Tx, id: string): Promise<void> {
  await queries(tx).update(fanOuts).set({ stopped: true }).where(eq(fanOuts.id, id))
  await queries(tx)
    .update(outbox)
    .set({ status: 'stopped' })
    .where(and(eq(outbox.fanOut, id), inArray(outbox.status, ['held', 'waiting'])))
}
/** It goes on; what was held until an hour still is. */
export async function resumeFanOut(tx: Tx, id: string): Promise<void> {
  await queries(tx).update(fanOuts).set({ stopped: false }).where(eq(fanOuts.id, id))
  await queries(tx)
    .update(outbox)
    .set({ status: 'held' })
    .where(and(eq(outbox.fanOut, id), eq(outbox.status, 'stopped')))
}

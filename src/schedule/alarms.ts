import { and, asc, eq, notInArray } from 'drizzle-orm'
import type { Alarms, Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { inserting } from '#src/storage/inserting.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { alarms } from './schema.ts'

export type Alarm = typeof alarms.$inferSelect

const setting = inserting(alarms, alarms.key)
const clearing = prepared(on => on.delete(alarms).where(eq(alarms.key, given('key'))))

export const alarmsIn = (tx: Tx): Alarms => ({
  set: async ({ name, key, at, about }) => {
    await setting(tx, { key, name, about, at: at.epochMilliseconds })
  },
  clear: async key => {
    await clearing(tx).execute({ key })
  },
})

/** The earliest, but for those whose keys are held back. */
export async function nextAlarm(tx: Tx, held: readonly string[]): Promise<Alarm | undefined> {
  const others = held.length > 0 ? notInArray(alarms.key, [...held]) : undefined
  const [row] = await queries(tx).select().from(alarms).where(others).orderBy(asc(alarms.at), asc(alarms.key)).limit(1)
  return row
}

/** Takes an alarm off the list; false when somebody else did, or it was moved. */
export async function takeAlarm(tx: Tx, { key, at }: Alarm): Promise<boolean> {
  const unmoved = and(eq(alarms.key, key), eq(alarms.at, at))
  return (await queries(tx).delete(alarms).where(unmoved).returning({ key: alarms.key })).length === 1
}

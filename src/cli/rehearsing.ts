import type { Tx } from '#src/core/feature.ts'
import { remembered } from '#src/kit/memory.ts'
import { hasRun } from '#src/schedule/schedules.ts'
import { openStore } from '#src/storage/database.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { aloneOn, NotRehearsed } from './alone.ts'
import { keptMoment } from './clock.ts'

/** How long one that is stopping is waited for, in milliseconds. */
const A_MOMENT = 2000

/**
 * Makes a rehearsal the only one at work on its database, and returns what ends that. Throws `AnotherBot` where somebody is, and
 * `NotRehearsed` where the bot was that people talk to.
 */
export async function rehearsing(address: string): Promise<() => void> {
  const free = await aloneOn(address, A_MOMENT)
  try {
    if (await wasLived(address)) throw new NotRehearsed(address)
    return free
  } catch (error) {
    free()
    throw error
  }
}

async function wasLived(address: string): Promise<boolean> {
  const store = await openStore(address)
  try {
    return (await keptMoment(memoryOf(store, 'stage'))) === undefined && (await store.read(hasRun))
  } finally {
    await store.close()
  }
}

/** What is done where no kit was ever applied. */
export const ifEmpty =
  (prepare: (tx: Tx, now: Temporal.Instant) => Promise<void>): typeof prepare =>
  async (tx, now) => {
    if (Object.keys(await remembered(tx)).length === 0) await prepare(tx, now)
  }

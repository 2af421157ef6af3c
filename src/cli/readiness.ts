import type { Platform } from '#src/core/platform.ts'
import { overdue } from '#src/delivery/letters.ts'
import type { Readiness } from '#src/http/health.ts'
import type { Store } from '#src/storage/database.ts'

/** A database that takes longer than this to answer does not answer, in milliseconds. */
const PATIENCE = 2000

/** How the bot is doing now; never throws. */
export async function readiness(
  store: Pick<Store, 'read'>,
  platforms: readonly Pick<Platform, 'name' | 'up'>[],
  now: Temporal.Instant,
): Promise<Readiness> {
  const states = platforms.map(({ name, up }) => [name, (up?.() ?? true) ? 'up' : 'down'] as const)
  const seen = await inTime(store.read(tx => overdue(tx, now)))
  return {
    database: seen ? 'up' : 'down',
    platforms: Object.fromEntries(states),
    outbox: seen ?? { waiting: 0, age: 0, attempts: 0 },
  }
}

async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), PATIENCE)
  const found = work.catch(() => undefined) // however it fails, it does not answer
  return Promise.race([found, promise]).finally(() => clearTimeout(timer))
}

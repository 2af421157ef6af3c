import type { Platform } from '#src/core/platform.ts'
import { overdue } from '#src/delivery/letters.ts'
import { stoppedPlatforms } from '#src/delivery/outages.ts'
import type { Readiness } from '#src/http/health.ts'
import type { Writable } from '#src/storage/writable.ts'

/** A database that takes longer than this to answer does not answer, in milliseconds. */
const PATIENCE = 2000

/** How the bot is doing now; never throws. */
export async function readiness(
  store: Pick<Writable, 'read' | 'takes'>,
  platforms: readonly Pick<Platform, 'name' | 'up'>[],
  now: Temporal.Instant,
): Promise<Readiness> {
  const seen = await inTime(
    store.read(async tx => ({ outbox: await overdue(tx, now), stopped: await stoppedPlatforms(tx) })),
  )
  const isUp = ({ name, up }: (typeof platforms)[number]): boolean =>
    (up?.() ?? true) && seen?.stopped[name] === undefined
  const states = platforms.map(each => [each.name, isUp(each) ? 'up' : 'down'] as const)
  return {
    database: seen && (await inTime(store.takes())) ? 'up' : 'down',
    platforms: Object.fromEntries(states),
    outbox: seen?.outbox ?? { waiting: 0, age: 0, attempts: 0 },
  }
}

async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), PATIENCE)
  const found = work.catch(() => undefined) // however it fails, it does not answer
  return Promise.race([found, promise]).finally(() => clearTimeout(timer))
}

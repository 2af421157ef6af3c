import type { Platform } from '#src/core/platform.ts'
import { errandsWaiting } from '#src/delivery/errands.ts'
import { stoppedPlatforms } from '#src/delivery/outages.ts'
import { standingsBy } from '#src/delivery/undelivered.ts'
import type { Measures } from '#src/http/metrics.ts'
import { eventsWaiting } from '#src/storage/events.ts'
import type { Writable } from '#src/storage/writable.ts'

/** How things stand now, for whoever watches from outside. */
export async function measures(
  store: Pick<Writable, 'read' | 'takes'>,
  platforms: readonly Pick<Platform, 'name' | 'up' | 'lag'>[],
  now: Temporal.Instant,
): Promise<Measures> {
  const { letters, events, errands, stopped } = await store.read(async tx => ({
    letters: await standingsBy(tx),
    events: await eventsWaiting(tx),
    errands: await errandsWaiting(tx),
    stopped: await stoppedPlatforms(tx),
  }))
  const due = letters.filter(({ status, oldest }) => status !== 'dead' && oldest <= now.epochMilliseconds)
  return {
    letters: letters.map(({ platform, status, count }) => ({ platform, status, count })),
    oldest: [...Map.groupBy(due, ({ platform }) => platform)].map(([platform, its]) => ({
      platform,
      age: Math.floor((now.epochMilliseconds - Math.min(...its.map(({ oldest }) => oldest))) / 1000),
    })),
    platforms: platforms.map(({ name: platform, up, lag }) => ({
      platform,
      up: up?.() ?? true,
      delivering: stopped[platform] === undefined,
      ...(lag && { lag: lag() }),
    })),
    database: await store.takes(),
    events,
    errands,
  }
}

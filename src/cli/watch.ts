import type { Observe } from '#src/core/observe.ts'
import type { Platform } from '#src/core/platform.ts'
import { openMetrics } from '#src/http/metrics.ts'
import { healthPages, metricsPage, type Page } from '#src/http/watching.ts'
import type { Writable } from '#src/storage/writable.ts'
import { measures } from './measures.ts'
import { readiness } from './readiness.ts'

/** What whoever watches from outside is told: whether the bot is well, and figures. */
export interface Watch {
  observe: Observe
  /** What our server answers about it. */
  pages: readonly Page[]
}
type Watched = {
  store: Writable
  platforms: readonly Platform[]
  now: () => Temporal.Instant
  token?: string | undefined
}

export function watchOver({ store, platforms, now, token }: Watched): Watch {
  const metrics = openMetrics(() => measures(store, platforms, now()))
  const ready = healthPages(() => readiness(store, platforms, now()))
  return { observe: metrics.observe, pages: [ready, metricsPage(metrics, token)] }
}

import type { Feature } from '#src/core/feature.ts'

/** What the bot does, in the order in which the help tells it. A new feature is one more line. */
export const features: readonly Feature[] = [
  (await import('./practices/feature.ts')).practices,
  (await import('./communities/feature.ts')).communities,
  (await import('./laboratories/feature.ts')).laboratories,
  (await import('./checkins/feature.ts')).checkins,
  (await import('./digests/feature.ts')).digests,
  (await import('./places/feature.ts')).places,
  (await import('./accounts/feature.ts')).accounts,
]

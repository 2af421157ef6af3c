import { isDeepStrictEqual } from 'node:util'
import type { Choice } from '#src/core/message.ts'

/** So many messages are remembered: an edit crosses a press within seconds, or not at all. */
const MOST = 500

/** What messages offered before they were edited: a number pressed then meant what stood there then. */
export interface Versions {
  /** It stands there from now on, though the outbox has yet to hear of it: who is quick answers it at once. */
  stands(ref: string, key: string): void
  /** The key of what has just come to stand there. */
  keyOf(ref: string): string | undefined
  shown(ref: string, choices: readonly Choice[], at: Temporal.Instant): void
  /** What a message offered at a moment; undefined when that is not known here. */
  at(ref: string, moment: Temporal.Instant): readonly Choice[] | undefined
}

export function openVersions(): Versions {
  const known = new Map<string, { now: readonly Choice[]; since: Temporal.Instant; before?: readonly Choice[] }>()
  const keys = new Map<string, string>()
  return {
    stands: (ref, key) => {
      keys.set(ref, key)
      for (const oldest of [...keys.keys()].slice(0, -MOST)) keys.delete(oldest)
    },
    keyOf: ref => keys.get(ref),
    shown: (ref, choices, at) => {
      const earlier = known.get(ref)
      // Of an edit that is done again, the first time counts.
      if (earlier && isDeepStrictEqual(earlier.now, choices)) return
      known.delete(ref)
      known.set(ref, { now: choices, since: at, ...(earlier && { before: earlier.now }) })
      for (const oldest of known.keys()) {
        if (known.size <= MOST) break
        known.delete(oldest)
      }
    },
    at: (ref, moment) => {
      const version = known.get(ref)
      return version && Temporal.Instant.compare(moment, version.since) < 0 ? version.before : version?.now
    },
  }
}

/** What failed and will be tried again, by name. Kept in memory: a restart is another attempt in any case. */
export interface Setbacks {
  /** Those that have to wait; the same empty list as long as there are none. */
  held(now: Temporal.Instant): readonly string[]
  /** When each of those may be tried again, in epoch milliseconds. */
  until(held: readonly string[]): number[]
  /** It failed once more, be it of the storage alone; true when that was the last attempt. */
  failed(name: string, now: Temporal.Instant, isUnable: boolean): boolean
  succeeded(name: string): void
}
interface Setback {
  failures: number
  /** Those failures that are its own. */
  mistakes: number
  since: number
  until: number
}

/** A full disk or a locked database passes, and is waited for; a mistake of ours does not: after so many it is passed over. */
const ENOUGH = 5
const MINUTE = 60_000
const NONE: readonly string[] = []

export function setbacks(): Setbacks {
  const known = new Map<string, Setback>()
  return {
    held: ({ epochMilliseconds: now }) => {
      if (known.size === 0) return NONE
      // Where the clock went back it would wait for hours: it is tried at once.
      const held = [...known].filter(([, { since, until }]) => since <= now && now < until).map(([name]) => name)
      return held.length > 0 ? held : NONE
    },
    until: held => held.flatMap(name => known.get(name)?.until ?? []),
    failed: (name, { epochMilliseconds: now }, isUnable) => {
      const before = known.get(name) ?? { failures: 0, mistakes: 0 }
      const failures = before.failures + 1
      const mistakes = before.mistakes + (isUnable ? 0 : 1)
      const pause = 2 ** (Math.min(failures, ENOUGH - 1) - 1) * MINUTE
      if (mistakes >= ENOUGH) known.delete(name)
      else known.set(name, { failures, mistakes, since: now, until: now + pause })
      return mistakes >= ENOUGH
    },
    succeeded: name => void known.delete(name),
  }
}

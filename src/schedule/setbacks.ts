/** What failed and will be tried again, by name. Kept in memory: a restart is another attempt in any case. */
export interface Setbacks {
  /** Those that have to wait; the same empty list as long as there are none. */
  held(now: Temporal.Instant): readonly string[]
  /** When each of those may be tried again, in epoch milliseconds. */
  until(held: readonly string[]): number[]
  /** It failed once more; true when that was the last attempt. */
  failed(name: string, now: Temporal.Instant): boolean
  succeeded(name: string): void
}
interface Setback {
  attempts: number
  since: number
  until: number
}

/** A full disk or a locked database passes; a mistake of ours does not: after so many attempts it is passed over. */
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
    failed: (name, { epochMilliseconds: now }) => {
      const attempts = (known.get(name)?.attempts ?? 0) + 1
      if (attempts >= ENOUGH) known.delete(name)
      else known.set(name, { attempts, since: now, until: now + 2 ** (attempts - 1) * MINUTE })
      return attempts >= ENOUGH
    },
    succeeded: name => void known.delete(name),
  }
}

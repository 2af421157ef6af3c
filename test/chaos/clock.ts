/** Where the clock can be moved to, besides hours forth and back: just before the two changes of the clocks. */
const changes = ['2027-03-28T00:59:00Z', '2027-10-31T00:59:00Z'].map(at => Temporal.Instant.from(at))
const HOURS = 3_600_000

export interface Clock {
  now: () => Temporal.Instant
  /** Milliseconds that have passed: the real ones, and those in which nothing happens. No jump changes them. */
  elapsed: () => number
  /** Moves by up to five hours forth or back, or to a change of the clocks. */
  jump(thrown: number): void
  /** Nothing happens before then: time passes. */
  skipTo(at: number): void
}

/** A clock that runs on from where it is, and is moved as the dice fall. Tells every place it is moved to. */
export function movingClock(at: Temporal.Instant, moved: (to: number) => void): Clock {
  let base = at.epochMilliseconds
  let since = performance.now()
  let skipped = 0
  const present = (): number => Math.round(base + performance.now() - since)
  const set = (to: number): void => {
    base = to
    since = performance.now()
    moved(to)
  }
  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(present()),
    elapsed: () => performance.now() + skipped,
    jump: thrown => {
      const summer = thrown < 0.3 ? changes.find(each => each.epochMilliseconds > present()) : undefined
      set(summer?.epochMilliseconds ?? present() + Math.round((thrown - 0.6) * 12 * HOURS))
    },
    skipTo: to => {
      skipped += Math.max(0, to - present())
      set(Math.max(to, present()))
    },
  }
}

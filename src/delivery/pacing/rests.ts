import { LANES, type Lane } from '../schema.ts'

/** Lanes of queues that are left alone for a while. Instants are milliseconds of the pacing clock. */
export interface Rests {
  set(lane: Lane, queue: string, until: number): void
  /** The same, because the last attempt was in vain. */
  fail(lane: Lane, queue: string, until: number): void
  isAnyFailing(): boolean
  /** The place answers again: nothing there need rest. */
  end(queue: string): void
  until(lane: Lane, queue: string): number | undefined
  /** The first end of a rest. */
  next(): number | undefined
  /** Forgets those that are over. */
  wake(now: number): void
}

export function openRests(): Rests {
  const rests = new Map<string, number>()
  const failing = new Set<string>()
  const end = (name: string): void => {
    rests.delete(name)
    failing.delete(name)
  }
  const nameOf = (lane: Lane, queue: string): string => `${lane} ${queue}`
  return {
    set: (lane, queue, until) => void rests.set(nameOf(lane, queue), until),
    fail: (lane, queue, until) => {
      rests.set(nameOf(lane, queue), until)
      failing.add(nameOf(lane, queue))
    },
    isAnyFailing: () => failing.size > 0,
    end: queue => {
      for (const lane of Object.values(LANES)) end(nameOf(lane, queue))
    },
    until: (lane, queue) => rests.get(nameOf(lane, queue)),
    next: () => {
      let first: number | undefined
      for (const until of rests.values()) first = Math.min(until, first ?? until)
      return first
    },
    wake: now => {
      for (const [name, until] of rests) if (until <= now) end(name)
    },
  }
}

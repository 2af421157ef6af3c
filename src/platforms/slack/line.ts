import { Refused } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'

/** A line to Slack that is opened again whenever it breaks: at once, and then ever more slowly. */
export interface Line {
  /** Tries once. What Slack refuses is thrown; when it cannot be reached, it is tried again later by itself. */
  open(): Promise<void>
  /** It broke. */
  lost(): void
  up(): boolean
  close(): void
}

/** In milliseconds. */
const FIRST = 1000
const LONGEST = 60_000

interface State {
  up: boolean
  closed: boolean
  /** Until the next attempt. */
  wait: number
}

export function lineOf(connect: () => Promise<void>, log: Log): Line {
  const state: State = { up: false, closed: false, wait: FIRST }
  let timer: NodeJS.Timeout | undefined
  const attempt = async (): Promise<void> => {
    await connect()
    state.up = true
    state.wait = FIRST
  }
  const later = (error: unknown): void => {
    if (state.closed) return
    log.warn({ error, seconds: state.wait / 1000 }, 'Slack cannot be reached: tried again later')
    clearTimeout(timer)
    timer = setTimeout(again, state.wait)
    state.wait = Math.min(LONGEST, state.wait * 2)
  }
  const again = (): void => void attempt().catch(later)
  return {
    open: () =>
      attempt().catch(error => {
        if (error instanceof Refused) throw error
        later(error)
      }),
    lost: () => {
      if (!state.up || state.closed) return
      state.up = false
      again()
    },
    up: () => state.up,
    close: () => {
      state.closed = true
      state.up = false
      clearTimeout(timer)
    },
  }
}

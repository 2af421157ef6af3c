import { TooLate } from '#src/core/platform.ts'

/** Slack waits three seconds for an answer. This much of it is for the database. */
export const PATIENCE = 2000

/** What comes of `work`, or `TooLate` when the signal comes first; the work itself may go on. */
export function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  if (signal.aborted) return Promise.reject(new TooLate())
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new TooLate())
    signal.addEventListener('abort', late, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late))
  })
}

/** What comes of `work` when it comes soon enough; undefined when it takes longer, and goes on by itself. */
export const soon = <T>(signal: AbortSignal, work: Promise<T>): Promise<T | undefined> =>
  before(signal, work).catch(error => {
    if (error instanceof TooLate) return undefined
    throw error
  })

/** Work that goes on after Slack had its answer: counted, so that stopping waits for it. */
export interface Afterwards {
  add(work: Promise<unknown>): void
  done(): Promise<void>
}
export function afterwards(failed: (error: unknown) => void): Afterwards {
  const under = new Set<Promise<unknown>>()
  return {
    add: work => {
      const mine = work.catch(failed).finally(() => under.delete(mine))
      under.add(mine)
    },
    done: async () => {
      while (under.size > 0) await Promise.all(under)
    },
  }
}

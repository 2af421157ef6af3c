import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as wait } from 'node:timers/promises'

const inside = new AsyncLocalStorage<true>()

/** Throws inside a transaction: a second connection there would wait for the first, or not see what it did. */
export const alone = (): void => {
  if (inside.getStore()) throw new Error('a second connection inside a transaction')
}
export const within = <T>(work: () => Promise<T>): Promise<T> => inside.run(true, work)

/** One thing after another, in the order in which they were asked for; what is `urgent` before all else that waits. */
export function turns(): <T>(work: () => Promise<T>, urgent?: boolean) => Promise<T> {
  const waiting: Record<'urgent' | 'other', (() => void)[]> = { urgent: [], other: [] }
  let isBusy = false
  return async (work, urgent) => {
    if (isBusy) await new Promise<void>(begin => waiting[urgent ? 'urgent' : 'other'].push(begin))
    isBusy = true
    try {
      return await work()
    } finally {
      const next = waiting.urgent.shift() ?? waiting.other.shift()
      if (next) next()
      else isBusy = false
    }
  }
}

/** Tries again, after pauses that grow to 200 ms and differ, what fails in a way that passes; `patience` in milliseconds. */
export async function insist<T>(
  attempt: () => T | Promise<T>,
  passes: (error: unknown) => boolean,
  patience = 30_000,
): Promise<T> {
  const deadline = performance.now() + patience
  for (let pause = 5; ; pause = Math.min(pause * 2, 200)) {
    try {
      return await attempt()
    } catch (error) {
      if (!passes(error) || performance.now() > deadline) throw error
      await wait(pause * (0.5 + Math.random() / 2))
    }
  }
}

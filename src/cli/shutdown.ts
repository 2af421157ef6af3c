import type { Log } from '#src/core/ports.ts'

/** Resolves at the first signal to stop. A second one ends the process at once: whoever sends it has waited enough. */
export function askedToStop(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>()
  let asked = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(signal === 'SIGINT' ? 130 : 143)
      asked = true
      resolve(signal)
    })
  }
  return promise
}

/** One thing to be stopped, by the name under which the log tells that it did not. */
export type Step = readonly [name: string, stop: () => Promise<void> | void]

/** Service managers wait ten seconds before they kill. Whatever hangs, each part still gets its moment; in milliseconds. */
export const GRACE = 7000
const MOMENT = 500

/**
 * Stops one thing after the other, all of it in time: what hangs or fails is told and left behind. Nothing is lost by that,
 * because what was accepted and what is to be sent is in the database. True when everything stopped.
 */
export async function stopAll(steps: readonly Step[], log: Log, grace: number = GRACE): Promise<boolean> {
  const deadline = performance.now() + grace
  let clean = true
  for (const [name, stop] of steps) {
    const left = Math.max(MOMENT, deadline - performance.now())
    const outcome = await within(left, stop)
    if (outcome === undefined) continue
    clean = false
    log.error({ part: name, ...(outcome === 'late' ? {} : { error: outcome.error }) }, 'a part did not stop')
  }
  return clean
}

async function within(
  milliseconds: number,
  stop: () => Promise<void> | void,
): Promise<'late' | { error: unknown } | undefined> {
  const { promise, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => resolve('late'), milliseconds)
  const stopping = (async () => stop())().then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  return Promise.race([stopping, promise]).finally(() => clearTimeout(timer))
}

/**
 * Ends a process in which everything has stopped. Libraries leave behind what would keep it: a request to a homeserver, for one, a timer
 * of more than a minute.
 */
export function end(code: number): void {
  setTimeout(() => process.exit(code), MOMENT).unref()
}

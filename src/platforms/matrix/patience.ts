import { setTimeout as wait } from 'node:timers/promises'
import { Busy } from '#src/core/platform.ts'

/** Does what the homeserver may ask to wait for, as often as it asks. Throws what else goes wrong, and when the bot stops. */
export async function patiently<T>(work: () => Promise<T>, stopping: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Busy) || !(await pause(error.seconds * 1000, stopping))) throw error
    }
  }
}

/** Waits so many milliseconds. False when the bot stops before. */
export const pause = (milliseconds: number, stopping: AbortSignal): Promise<boolean> =>
  wait(milliseconds, true, { signal: stopping, ref: false }).catch(() => false)

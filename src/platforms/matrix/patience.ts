import { setTimeout as wait } from 'node:timers/promises'
import { Busy } from '#src/core/platform.ts'

/** Does what the homeserver may ask to wait for, as often as it asks. Throws what else goes wrong, and when the bot stops. */
export async function patiently<T>(work: () => Promise<T>, stopping: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Busy)) throw error
      await wait(error.seconds * 1000, undefined, { signal: stopping, ref: false })
    }
  }
}

import { backOff } from '#src/core/back-off.ts'
import { Refused } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { pause } from './patience.ts'
import type { Wire } from './wire.ts'

export interface Opening {
  open: () => Promise<Wire | undefined>
  log: Log
}

/** Whoever waits for another process to leave looks so often; whom the homeserver does not answer, at least so often. In milliseconds. */
const LOOKS_EVERY = 1000
const ASKS_EVERY = 30_000

/**
 * Opens the account as soon as the homeserver answers and no other process has it; tells whether one has. Undefined when the bot
 * is asked to stop before. Throws `Refused` when the homeserver does not let it in.
 */
export async function opened(
  { open, log }: Opening,
  stopping: AbortSignal,
  elsewhere: (is: boolean) => void,
): Promise<Wire | undefined> {
  for (let attempts = 0; !stopping.aborted; ) {
    try {
      const wire = await open()
      if (stopping.aborted) {
        await wire?.stop()
        return undefined
      }
      elsewhere(!wire)
      if (wire) return wire
      await pause(LOOKS_EVERY, stopping)
    } catch (error) {
      if (error instanceof Refused) throw error
      attempts += 1
      log.warn({ error }, 'the homeserver does not answer: tried again later')
      await pause(Math.min(backOff(attempts), ASKS_EVERY), stopping)
    }
  }
  return undefined
}

import { setTimeout as wait } from 'node:timers/promises'
import type { Intake, Platform } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'

/** So long is waited at a start for what may take longer, in milliseconds. */
const A_MOMENT = 5000
export const aMoment = (): Promise<void> => wait(A_MOMENT, undefined, { ref: false })

/** Begins with every platform. One that takes longer goes on by itself, and the others do not wait for it. */
export async function begin(platforms: readonly Platform[], door: Intake, log: Log): Promise<void> {
  let over = false
  const start = async (platform: Platform): Promise<void> => {
    try {
      await platform.start(door)
    } catch (error) {
      if (!over) throw error
      log.error({ error, platform: platform.name }, 'a platform could not be started')
    }
  }
  await Promise.race([Promise.all(platforms.map(start)).then(giveBack), aMoment()])
  over = true
}

/** What it took to begin, to hear of a thousand rooms for instance, goes back to the system: nobody waits for the bot yet. */
function giveBack(): void {
  // Only where Node was started with `--expose-gc`, as `npm start` does.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}

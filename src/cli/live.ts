import { schedule } from 'node-cron'
import type { Log } from '#src/core/ports.ts'
import type { Bot } from '#src/main.ts'

/** The bot on the real clock: it does what is due when something happened, when something falls due, and every minute. */
export interface Pulse {
  /** There may be something to do. Returns at once. */
  wake(): void
  /** From now on this bot is kept going. */
  drive(bot: Pick<Bot, 'settle' | 'nextDue'>): void
  /** Resolves when nothing is being done and nothing waits to be done at once. */
  idle(): Promise<void>
  /** Resolves when what was being done is done. */
  stop(): Promise<void>
}

const A_MINUTE = 60_000

export function openPulse({
  log,
  now,
  timers = true,
}: {
  log: Log
  now: () => Temporal.Instant
  timers?: boolean
}): Pulse {
  let bot: Pick<Bot, 'settle' | 'nextDue'> | undefined
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  let next: NodeJS.Timeout | undefined
  const run = async (): Promise<void> => {
    while (again && bot && !stopped) {
      again = false
      await bot.settle().catch(error => log.error({ error }, 'what was due could not be done'))
    }
    if (timers && bot && !stopped) await expect(bot)
  }
  const wake = (): void => {
    again = true
    if (!bot || stopped) return
    running ??= run().finally(() => {
      running = undefined
      if (again) wake()
    })
  }
  // What falls due in seconds, a message to be tried again for instance, does not wait for the minute.
  const expect = async (driven: Pick<Bot, 'nextDue'>): Promise<void> => {
    const due = await driven.nextDue()
    clearTimeout(next)
    if (due === undefined || stopped) return
    const wait = Math.max(0, due - now().epochMilliseconds)
    if (wait < A_MINUTE) next = setTimeout(wake, Math.max(wait, 50))
  }
  const heartbeat = timers ? schedule('* * * * *', wake) : undefined
  return {
    wake,
    drive: driven => {
      bot = driven
      wake()
    },
    idle: async () => {
      while (running !== undefined) await running
    },
    stop: async () => {
      stopped = true
      clearTimeout(next)
      await heartbeat?.stop()
      while (running !== undefined) await running
    },
  }
}

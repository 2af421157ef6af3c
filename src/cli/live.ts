import { schedule } from 'node-cron'
import type { Log } from '#src/core/ports.ts'
import type { Bot } from '#src/main.ts'

/** The bot on the real clock: it does what is due when something happened, when something falls due, and every minute. */
export interface Pulse {
  /** There may be something to do. Returns at once. */
  wake(): void
  /** From now on this bot is kept going. */
  drive(bot: Driven): void
  /** Resolves when nothing is being done and nothing waits to be done at once. */
  idle(): Promise<void>
  /** Resolves when what was being done is done. */
  stop(): Promise<void>
}
type Driven = Pick<Bot, 'settle' | 'nextDue'>

const A_MINUTE = 60_000

export function openPulse({ log, now }: { log: Log; now: () => Temporal.Instant }): Pulse {
  const state: { bot?: Driven; running?: Promise<void> | undefined; again: boolean; stopped: boolean } = {
    again: false,
    stopped: false,
  }
  const alarm = openAlarm(now, () => wake())
  const run = async (): Promise<void> => {
    while (state.again && state.bot && !state.stopped) {
      state.again = false
      await state.bot.settle().catch(error => log.error({ error }, 'what was due could not be done'))
    }
    if (!state.stopped) alarm.set(await state.bot?.nextDue())
  }
  const wake = (): void => {
    state.again = true
    if (!state.bot || state.stopped) return
    state.running ??= run().finally(() => {
      state.running = undefined
      if (state.again) wake()
    })
  }
  const idle = async (): Promise<void> => {
    while (state.running !== undefined) await state.running
  }
  const heartbeat = schedule('* * * * *', wake)
  const drive = (bot: Driven): void => {
    state.bot = bot
    wake()
  }
  const stop = async (): Promise<void> => {
    state.stopped = true
    alarm.set(undefined)
    await heartbeat.stop()
    await idle()
  }
  return { wake, drive, idle, stop }
}

/** What falls due in seconds, a message to be tried again for instance, does not wait for the minute. */
function openAlarm(now: () => Temporal.Instant, ring: () => void) {
  let timer: NodeJS.Timeout | undefined
  return {
    set: (due: number | undefined): void => {
      clearTimeout(timer)
      const wait = Math.max(50, (due ?? Number.POSITIVE_INFINITY) - now().epochMilliseconds)
      if (wait < A_MINUTE) timer = setTimeout(ring, wait)
    },
  }
}

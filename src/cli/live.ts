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
type Driven = Pick<Bot, 'tasks' | 'nextDue' | 'halt'>

const A_MINUTE = 60_000

export function openPulse({ log, now }: { log: Log; now: () => Temporal.Instant }): Pulse {
  const state: { bot?: Driven; rounds: Round[]; stopped: boolean } = { rounds: [], stopped: false }
  const alarm = openAlarm(now, () => wake())
  const failed = (error: unknown): undefined => {
    log.error({ error }, 'what was due could not be done')
    return undefined
  }
  const rest = async (): Promise<void> => {
    const due = state.stopped ? undefined : await state.bot?.nextDue().catch(failed)
    if (!state.stopped) alarm.set(due)
  }
  const wake = (): void => {
    if (state.stopped) return
    for (const round of state.rounds) round.again()
  }
  const idle = async (): Promise<void> => {
    while (state.rounds.some(({ running }) => running())) await Promise.all(state.rounds.map(round => round.running()))
  }
  const heartbeat = schedule('* * * * *', wake)
  const drive = (bot: Driven): void => {
    state.bot = bot
    state.rounds = bot.tasks.map(task => openRound(() => task().catch(failed), rest, wake))
    wake()
  }
  const stop = async (): Promise<void> => {
    state.stopped = true
    alarm.set(undefined)
    await heartbeat.stop()
    await state.bot?.halt()
    await idle()
  }
  return { wake, drive, idle, stop }
}

interface Round {
  /** Does it once more from the beginning, at once or after the one that runs. */
  again(): void
  running(): Promise<void> | undefined
}

/** One task, again and again while it is asked for. */
function openRound(task: () => Promise<boolean | undefined>, rest: () => Promise<void>, wake: () => void): Round {
  const state: { running?: Promise<void> | undefined; asked: boolean } = { asked: false }
  const run = async (): Promise<void> => {
    while (state.asked) {
      state.asked = false
      if (await task()) wake()
    }
    await rest()
    state.running = undefined
    if (state.asked) again()
  }
  const again = (): void => {
    state.asked = true
    state.running ??= run()
  }
  return {
    again,
    running: () => state.running,
  }
}

/** What falls due in seconds, a message to be tried again for instance, does not wait for the minute. */
function openAlarm(now: () => Temporal.Instant, ring: () => void) {
  let timer: NodeJS.Timeout | undefined
  return {
    set: (due: number | undefined): void => {
      clearTimeout(timer)
      const wait = Math.max(5, (due ?? Number.POSITIVE_INFINITY) - now().epochMilliseconds)
      if (wait < A_MINUTE) timer = setTimeout(ring, wait)
    },
  }
}

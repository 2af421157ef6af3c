import { setTimeout as wait } from 'node:timers/promises'
import { schedule } from 'node-cron'
import type { Log } from '#src/core/ports.ts'
import type { Bot, Task } from '#src/main.ts'
import { isAway } from '#src/storage/failures.ts'

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
type Driven = Pick<Bot, 'tasks' | 'nextDue' | 'halt' | 'isRelay'>

const A_SECOND = 1000
const A_MINUTE = 60_000
/** What is not urgent begins so many milliseconds after it was asked for: whoever waits for an answer has it by then. */
const A_LULL = 25
/** Where much happens, it is done no more often than once in so many milliseconds. */
const A_WHILE = 100
const unhurried: Rhythm = { lull: A_LULL, between: A_WHILE }

export function openPulse({ log, now }: { log: Log; now: () => Temporal.Instant }): Pulse {
  const state: { bot?: Driven; rounds: Round[]; stopped: boolean } = { rounds: [], stopped: false }
  const wake = (): void => {
    if (state.stopped) return
    for (const round of state.rounds) round.again()
  }
  const alarm = openAlarm(now, wake)
  const { failed, answered } = witness(log)
  const rest = async (): Promise<void> => {
    const due = state.stopped ? undefined : await state.bot?.nextDue().then(answered).catch(failed)
    if (!state.stopped) alarm.set(due)
  }
  const resting = openRound(rest, { lull: A_LULL })
  const idle = async (): Promise<void> => {
    const all = [...state.rounds, resting]
    while (all.some(({ running }) => running())) await Promise.all(all.map(round => round.running()))
  }
  const heartbeat = schedule('* * * * *', wake)
  // What other processes left to this one is not announced.
  const relay = setInterval(() => void (state.bot?.isRelay() && wake()), A_SECOND)
  const drive = (bot: Driven): void => {
    state.bot = bot
    const attempt = async (work: Task['work']): Promise<void> => {
      if (await work().catch(failed)) wake()
      resting.again()
    }
    state.rounds = bot.tasks.map(({ work, urgent }) => openRound(() => attempt(work), urgent ? {} : unhurried))
    wake()
  }
  const stop = async (): Promise<void> => {
    state.stopped = true
    clearInterval(relay)
    alarm.set(undefined)
    await heartbeat.stop()
    await state.bot?.halt()
    await idle()
  }
  return { wake, drive, idle, stop }
}

/** Tells the log what goes wrong, and of a database that is away only when it goes and when it is back. */
function witness(log: Log) {
  let isGone = false
  return {
    failed: (error: unknown): undefined => {
      if (!isAway(error)) log.error({ error }, 'what was due could not be done')
      else if (!isGone) log.error({ error }, 'the database does not answer: what comes in has to wait')
      isGone ||= isAway(error)
    },
    answered: <T>(result: T): T => {
      if (isGone) log.info({}, 'the database answers again')
      isGone = false
      return result
    },
  }
}

interface Round {
  /** Does it once more from the beginning, at once or after the one that runs. */
  again(): void
  running(): Promise<void> | undefined
}

/** In milliseconds: before it begins, and from one beginning to the next. */
interface Rhythm {
  lull?: number
  between?: number
}
/** One task, again and again while it is asked for. */
function openRound(task: () => Promise<void>, { lull = 0, between = lull }: Rhythm): Round {
  const state: { running?: Promise<void> | undefined; asked: boolean; began: number } = { asked: false, began: 0 }
  const run = async (): Promise<void> => {
    while (state.asked) {
      const early = Math.max(lull, state.began + between - performance.now())
      if (early > 0) await wait(early)
      state.asked = false
      state.began = performance.now()
      await task()
    }
    state.running = undefined
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

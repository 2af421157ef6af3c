// What a bot has to do, from the days on which things happen and the moments at which it is awake.
import { type Days, daysOf, mondays, moved, nthWorkingDays, sundays, wallClock } from './days.ts'

/** A job by its days and its time on the wall. */
export interface Habit {
  days: (days: Days) => number[]
  time: [hour: number, minute: number]
  missed: 'latest' | 'each'
  per: 'programme' | 'zone'
}
const workingDay =
  (n: number) =>
  (days: Days): number[] =>
    nthWorkingDays(days, n)

/** Every job of ours, as the design describes it. */
export const habits: Record<string, Habit> = {
  'checkins.open': { days: workingDay(1), time: [9, 0], missed: 'latest', per: 'zone' },
  'checkins.remind': { days: workingDay(3), time: [9, 0], missed: 'latest', per: 'zone' },
  'checkins.remindAgain': { days: workingDay(5), time: [9, 0], missed: 'latest', per: 'zone' },
  'checkins.close': { days: workingDay(7), time: [18, 0], missed: 'each', per: 'programme' },
  'digests.week': { days: days => moved(mondays(days), days), time: [8, 30], missed: 'latest', per: 'programme' },
  // Summer time begins and ends on Sundays: it skips and repeats these times, in one zone or another.
  'probe.each': { days: days => moved(sundays(days), days), time: [2, 15], missed: 'each', per: 'zone' },
  'probe.latest': { days: days => moved(sundays(days), days), time: [1, 45], missed: 'latest', per: 'zone' },
}

/** How long after each `probe.each` in Rome its alarm rings, in milliseconds. */
export const RINGS_AFTER = (10 * 24 * 60 + 7) * 60_000
const LATE = 15 * 60_000

/** What was done: `now` is when, by the clock of the bot; all in epoch milliseconds. */
export type Deed =
  | { job: string; zone: string; scheduled: number; late: boolean; last: boolean; now: number }
  | { alarm: string; now: number }

interface Habitual extends Habit {
  job: string
  zone: string
  occurrences: number[]
  /** How many are behind it. */
  done: number
}

const yearOf = (at: number): number => new Date(at).getUTCFullYear()

/** A bot on paper, which knows the days from a start to an end: `wakes` says what it has to do at a moment, in order. */
export function modelOf(home: string, zones: readonly string[], feast: string, start: number, end: number) {
  const days = daysOf(yearOf(start) - 1, yearOf(end) + 1, feast)
  const all = Object.entries(habits).flatMap(([job, habit]) =>
    (habit.per === 'zone' ? [...new Set([home, ...zones])].sort() : [home]).map((zone): Habitual => {
      const at = wallClock(zone)
      const occurrences = habit.days(days).map(day => at(day, ...habit.time))
      return { ...habit, job, zone, occurrences, done: occurrences.filter(each => each <= start).length }
    }),
  )
  const alarms: number[] = []
  const due = ({ occurrences, done, missed }: Habitual, now: number): { at: number; count: number } | undefined => {
    const count = occurrences.slice(done).findIndex(each => each > now)
    if (count < 0) throw new Error(`the days of the model end before ${new Date(now).toISOString()}`)
    if (count === 0) return undefined
    return missed === 'each' ? { at: occurrences[done]!, count: 1 } : { at: occurrences[done + count - 1]!, count }
  }
  const earliest = (now: number): { habit: Habitual; at: number; count: number } | undefined => {
    const found = all.flatMap(habit => {
      const next = (habit.occurrences[habit.done] ?? 0) <= now ? due(habit, now) : undefined
      return next ? [{ habit, ...next }] : []
    })
    return found.sort((one, other) => one.at - other.at)[0]
  }
  const deed = (now: number): Deed | undefined => {
    const first = earliest(now)
    const [alarm = Number.POSITIVE_INFINITY] = alarms
    if (alarm <= (first?.at ?? now)) return { alarm: `probe:${alarms.shift()}`, now }
    if (!first) return undefined
    const { habit, at, count } = first
    habit.done += count
    if (habit.job === 'probe.each' && habit.zone === 'Europe/Rome') alarms.push(at + RINGS_AFTER)
    const last = (habit.occurrences[habit.done] ?? 0) > now
    return { job: habit.job, zone: habit.zone, scheduled: at, late: now - at > LATE, last, now }
  }
  return {
    wakes: (now: number): Deed[] => {
      const deeds: Deed[] = []
      for (let next = deed(now); next; next = deed(now)) deeds.push(next)
      return deeds
    },
  }
}

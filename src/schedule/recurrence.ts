import type { Calendar } from '#src/core/calendar.ts'
import {
  enumerate,
  FIRST_YEAR,
  HORIZON,
  parseRule,
  type Rule,
  type RuleProblem,
  UnacceptableRule,
} from '#src/schedule/rule.ts'

/** The instants at which something happens again and again, without end. Keep it: it remembers what it worked out. */
export interface Recurrence {
  /** The first occurrence strictly after `after`. Throws when there is none in a hundred years. */
  next(after: Temporal.Instant): Temporal.Instant
  /** All occurrences in (after, until], oldest first. */
  between(after: Temporal.Instant, until: Temporal.Instant): Temporal.Instant[]
  /** The last occurrence in (after, until], undefined when there is none. */
  last(after: Temporal.Instant, until: Temporal.Instant): Temporal.Instant | undefined
}

/** How a recurrence treats holidays. */
export interface RecurrenceOptions {
  /** Plain RFC 5545, holidays ignored: for what happens every day. */
  keep?: boolean | undefined
  /** The patron feast of the place, 'MM-DD'. */
  feast?: string | undefined
}

/**
 * A rule of RFC 5545 by the clock on the wall of `zone`, with two additions of our own unless `keep` is set:
 *
 * - in a rule with BYDAY and BYSETPOS, holidays leave the set before BYSETPOS picks: with BYDAY=MO,TU,WE,TH,FR, the
 *   third is the third working day;
 * - any other occurrence on a holiday moves to the next working day, at the same time. Those that meet there are one.
 *   A Saturday or a Sunday that is no holiday stays.
 *
 * INTERVAL counts from Monday 1 January 2001; nothing occurs before. A time that the clocks skip becomes the later valid
 * one (02:30 is 03:30, where RFC 5545 would leave it out); of a repeated time only the first counts. Throws an
 * UnacceptableRule when `checkRule` finds one.
 */
export function recurrence(
  rule: string,
  zone: string,
  calendar: Calendar,
  options: RecurrenceOptions = {},
): Recurrence {
  const years = remembered(yearsOf(parseRule(rule), zone, calendar, options))
  const yearOf = (at: Temporal.Instant): number => Math.max(at.toZonedDateTimeISO(zone).year, FIRST_YEAR - 1)
  const search = (after: number, first: number): number => {
    for (let year = first; year < first + HORIZON; year += 1) {
      const found = years(year)[countUntil(years(year), after)]
      if (found !== undefined) return found
    }
    throw new Error(`${rule} does not occur in the ${HORIZON} years from ${first} on`)
  }

  return {
    next: remembering(after => search(after.epochMilliseconds, yearOf(after))),
    between: (after, until) =>
      Array.from({ length: Math.max(0, yearOf(until) - yearOf(after) + 1) }, (_, index) => yearOf(after) + index)
        .flatMap(year => within(years(year), after, until))
        .map(at => Temporal.Instant.fromEpochMilliseconds(at)),
    last: (after, until) => {
      for (let year = yearOf(until); year >= yearOf(after); year -= 1) {
        const found = within(years(year), after, until).at(-1)
        if (found !== undefined) return Temporal.Instant.fromEpochMilliseconds(found)
      }
      return undefined
    },
  }
}

/**
 * Why a rule is not acceptable, or undefined when it is. It must say at what hour and on which days (nothing is taken
 * from a DTSTART), have no end, and occur.
 */
export function checkRule(rule: string): RuleProblem | undefined {
  try {
    parseRule(rule)
    return undefined
  } catch (error) {
    if (error instanceof UnacceptableRule) return error.problem
    throw error
  }
}

type Walls = Temporal.PlainDateTime[]

// A whole week on either side of a year, for weekly sets; and more before it than any run of holidays, for what moves in.
const DAYS_BEFORE = 31
const DAYS_AFTER = 7

/** The occurrences whose day, after any move, lies in a year: epoch milliseconds, in order, each once. */
function yearsOf(rule: Rule, zone: string, calendar: Calendar, options: RecurrenceOptions): (year: number) => number[] {
  const observed = observance(rule, calendar, options)
  return year => {
    if (year < FIRST_YEAR) return []
    const from = new Temporal.PlainDate(year, 1, 1).subtract({ days: DAYS_BEFORE })
    const walls = observed(from, new Temporal.PlainDate(year, 12, 31).add({ days: DAYS_AFTER }))
    const instants = walls.filter(wall => wall.year === year).map(wall => wall.toZonedDateTime(zone).epochMilliseconds)
    return [...new Set(instants)].sort((one, other) => one - other)
  }
}

/** What becomes of the rule's own times when holidays are observed. */
function observance(rule: Rule, calendar: Calendar, { keep, feast }: RecurrenceOptions): ReturnType<typeof enumerate> {
  const positions = (rule.get('BYSETPOS') ?? '').split(',').map(Number)
  const isHoliday = (wall: Temporal.PlainDateTime): boolean => calendar.isHoliday(wall.toPlainDate(), feast)
  if (keep) return enumerate(rule)

  if (rule.has('BYSETPOS') && rule.has('BYDAY')) {
    const whole = enumerate(new Map([...rule].filter(([name]) => name !== 'BYSETPOS')))
    return (from, to) =>
      [...Map.groupBy(whole(from, to), periodOf(rule)).values()].flatMap(set =>
        pick(
          set.filter(wall => !isHoliday(wall)),
          positions,
        ),
      )
  }
  const plain = enumerate(rule)
  const moved = (wall: Temporal.PlainDateTime): Temporal.PlainDateTime =>
    isHoliday(wall) ? calendar.nextWorkingDay(wall.toPlainDate(), feast).toPlainDateTime(wall.toPlainTime()) : wall
  return (from, to) => plain(from, to).map(moved)
}

/** The period of the rule, in which BYSETPOS counts. */
const periodOf =
  (rule: Rule) =>
  (wall: Temporal.PlainDateTime): string => {
    const day = wall.toPlainDate()
    switch (rule.get('FREQ')) {
      case 'YEARLY':
        return String(day.year)
      case 'MONTHLY':
        return String(day.toPlainYearMonth())
      case 'WEEKLY':
        return `${day.yearOfWeek} ${day.weekOfYear}`
      default:
        return String(day)
    }
  }

const pick = (set: Walls, positions: number[]): Walls =>
  positions.flatMap(position => set.at(position > 0 ? position - 1 : position) ?? [])

function within(instants: number[], after: Temporal.Instant, until: Temporal.Instant): number[] {
  return instants.slice(countUntil(instants, after.epochMilliseconds), countUntil(instants, until.epochMilliseconds))
}

/** How many of the sorted instants are not after `at`. */
function countUntil(instants: number[], at: number): number {
  let [low, high] = [0, instants.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((instants[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

function remembered(work: (year: number) => number[]): (year: number) => number[] {
  const known = new Map<number, number[]>()
  return year => {
    const result = known.get(year) ?? work(year)
    known.set(year, result)
    return result
  }
}

/** The answer to `next` holds until that next occurrence, and most calls ask again before it. */
function remembering(search: (after: Temporal.Instant) => number): Recurrence['next'] {
  let known = { from: 0, until: 0, answer: Temporal.Instant.fromEpochMilliseconds(0) }
  return after => {
    const from = after.epochMilliseconds
    if (from >= known.from && from < known.until) return known.answer
    const until = search(after)
    known = { from, until, answer: Temporal.Instant.fromEpochMilliseconds(until) }
    return known.answer
  }
}

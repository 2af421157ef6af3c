/** Whether an office is closed that whole day. `feast` is the patron feast of a place, 'MM-DD'. */
export type IsHoliday = (day: Temporal.PlainDate, feast?: string) => boolean

/**
 * Opening hours by the clock on the wall. `days` are ISO weekdays (1 Monday to 7 Sunday), `spans` are pairs of
 * 'HH:MM' that do not overlap; the end is not included and may be '24:00'. A holiday is closed whatever the weekday.
 */
export interface Hours {
  days: number[]
  spans: [string, string][]
}

/** Working days (Monday to Friday, no holiday) and opening time. Every method takes the place's patron feast, 'MM-DD'. */
export interface Calendar {
  /** A public holiday or the patron feast, also when it falls on a weekend. */
  isHoliday(day: Temporal.PlainDate, feast?: string): boolean
  /** Monday to Friday, and no holiday. */
  isWorkingDay(day: Temporal.PlainDate, feast?: string): boolean
  /** The n-th working day of the month, 1-based. Throws a RangeError when the month has no such day. */
  workingDay(month: Temporal.PlainYearMonth, n: number, feast?: string): Temporal.PlainDate
  /** The first working day on or after `day`. */
  nextWorkingDay(day: Temporal.PlainDate, feast?: string): Temporal.PlainDate
  /**
   * `n` (0 or more) working days after `from`, at the same wall-clock time in the zone. A start on a non-working day
   * counts as the next working day at that time: one working day after Saturday 10:00 is Tuesday 10:00.
   * A time that the clocks skip becomes the later valid one; of a repeated time, the first.
   */
  addWorkingDays(from: Temporal.Instant, n: number, zone: string, feast?: string): Temporal.Instant
  /**
   * The first instant at which `hours` (0 or more, fractions allowed, to the millisecond) of opening time have passed
   * since `from`: the end of a span rather than the start of the next. No hours is `from` itself.
   */
  addOpenHours(from: Temporal.Instant, hours: number, opening: Hours, zone: string, feast?: string): Temporal.Instant
  /** Opening time between two instants, in hours of real time; 0 when `to` is not after `from`. */
  openHoursBetween(from: Temporal.Instant, to: Temporal.Instant, opening: Hours, zone: string, feast?: string): number
}

/** The calendar of a territory, from what it calls a holiday. */
export function calendar(isHoliday: IsHoliday): Calendar {
  const isWorkingDay: Calendar['isWorkingDay'] = (day, feast) => day.dayOfWeek <= 5 && !isHoliday(day, feast)
  const nextWorkingDay: Calendar['nextWorkingDay'] = (day, feast) => firstDay(day, found => isWorkingDay(found, feast))
  const following: Calendar['nextWorkingDay'] = (day, feast) => nextWorkingDay(day.add({ days: 1 }), feast)
  const stretches = (from: Temporal.Instant, opening: Hours, zone: string, feast?: string): Iterable<Stretch> =>
    openStretches(from, opening, zone, day => !isHoliday(day, feast))

  return {
    isHoliday,
    isWorkingDay,
    nextWorkingDay,
    workingDay(month, n, feast) {
      checkCount(n, 1)
      let day = nextWorkingDay(month.toPlainDate({ day: 1 }), feast)
      for (let count = 1; count < n && inMonth(day, month); count += 1) day = following(day, feast)
      if (!inMonth(day, month)) throw new RangeError(`${month} has no working day number ${n}`)
      return day
    },
    addWorkingDays(from, n, zone, feast) {
      checkCount(n, 0)
      const start = from.toZonedDateTimeISO(zone)
      let day = nextWorkingDay(start.toPlainDate(), feast)
      for (let count = 0; count < n; count += 1) day = following(day, feast)
      return day.toZonedDateTime({ timeZone: zone, plainTime: start.toPlainTime() }).toInstant()
    },
    addOpenHours(from, hours, opening, zone, feast) {
      const open = stretches(from, opening, zone, feast)
      return hours === 0 ? from : afterOpenTime(open, Math.round(checkHours(hours) * HOUR))
    },
    openHoursBetween(from, to, opening, zone, feast) {
      return openTimeUntil(stretches(from, opening, zone, feast), to.epochMilliseconds) / HOUR
    },
  }
}

/** Real time, in epoch milliseconds, without its end. */
interface Stretch {
  start: number
  end: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
// No office is closed for longer: past this, a search would never end.
const LONGEST_CLOSURE = 366
const EPOCH = new Temporal.PlainDate(1970, 1, 1)

function firstDay(from: Temporal.PlainDate, wanted: (day: Temporal.PlainDate) => boolean): Temporal.PlainDate {
  let day = from
  for (let tried = 0; tried <= LONGEST_CLOSURE; tried += 1, day = day.add({ days: 1 })) if (wanted(day)) return day
  throw new Error(`no working day in the ${LONGEST_CLOSURE} days after ${from}`)
}

const inMonth = (day: Temporal.PlainDate, month: Temporal.PlainYearMonth): boolean =>
  day.year === month.year && day.month === month.month

function checkCount(n: number, least: number): void {
  if (!Number.isInteger(n) || n < least) throw new RangeError(`${n} is not a number of days from ${least} up`)
}

function checkHours(hours: number): number {
  if (Number.isFinite(hours) && hours >= 0) return hours
  throw new RangeError(`${hours} is not a number of hours from 0 up`)
}

function afterOpenTime(open: Iterable<Stretch>, time: number): Temporal.Instant {
  let rest = time
  for (const { start, end } of open) {
    if (rest <= end - start) return Temporal.Instant.fromEpochMilliseconds(start + rest)
    rest -= end - start
  }
  throw new Error(`no opening time in ${LONGEST_CLOSURE} days: is every opening day a holiday?`)
}

function openTimeUntil(open: Iterable<Stretch>, until: number): number {
  let time = 0
  for (const { start, end } of open) {
    if (start >= until) break
    time += Math.min(end, until) - start
  }
  return time
}

/**
 * When it is open from `from` on, in order, until a closure longer than any office's. It is open whenever the clock on the
 * wall shows an opening time, so a skipped hour is not counted and a repeated one twice.
 */
function* openStretches(
  from: Temporal.Instant,
  opening: Hours,
  zone: string,
  isOpen: (day: Temporal.PlainDate) => boolean,
): Generator<Stretch, void> {
  const spans = spansOf(opening)
  const weekdays = weekdaysOf(opening)
  let lastOpen = Math.floor(from.epochMilliseconds / DAY)
  for (const { start, end, offset } of constantOffsets(from, zone)) {
    for (let day = Math.floor((start + offset) / DAY); day * DAY < end + offset; day += 1) {
      if (day - lastOpen > LONGEST_CLOSURE) return
      if (!weekdays.has(weekday(day)) || !isOpen(EPOCH.add({ days: day }))) continue
      lastOpen = day
      yield* within(spans, day * DAY - offset, start, end)
    }
  }
}

function* within(spans: Stretch[], midnight: number, start: number, end: number): Generator<Stretch, void> {
  for (const span of spans) {
    const open = { start: Math.max(midnight + span.start, start), end: Math.min(midnight + span.end, end) }
    if (open.start < open.end) yield open
  }
}

// Between two changes of the clocks, wall time and real time differ by a constant: plain arithmetic is right, and fast.
function* constantOffsets(from: Temporal.Instant, zone: string): Generator<Stretch & { offset: number }, void> {
  let at: Temporal.ZonedDateTime | null = from.toZonedDateTimeISO(zone)
  while (at) {
    const next: Temporal.ZonedDateTime | null = at.getTimeZoneTransition('next')
    const end = next ? next.epochMilliseconds : Number.POSITIVE_INFINITY
    yield { start: at.epochMilliseconds, end, offset: at.offsetNanoseconds / 1_000_000 }
    at = next
  }
}

// Day 0, 1 January 1970, was a Thursday.
const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

function weekdaysOf({ days }: Hours): Set<number> {
  if (days.length === 0) throw new Error('opening hours without a day')
  const wrong = days.find(day => !Number.isInteger(day) || day < 1 || day > 7)
  if (wrong !== undefined) throw new Error(`opening hours on weekday ${wrong}: 1 is Monday, 7 is Sunday`)
  return new Set(days)
}

function spansOf(opening: Hours): Stretch[] {
  if (opening.spans.length === 0) throw new Error('opening hours without a span of time')
  const spans = opening.spans.map(([start, end]) => ({ start: timeOfDay(start), end: timeOfDay(end) }))
  spans.sort((one, other) => one.start - other.start)
  const wrong = spans.some(({ start, end }, index) => start >= end || end > (spans[index + 1]?.start ?? DAY))
  if (wrong) throw new Error(`opening hours that overlap or end before they start: ${opening.spans.join(' ')}`)
  return spans
}

function timeOfDay(text: string): number {
  const valid = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text)
  if (!valid) throw new Error(`opening hours at "${text}": write them as 09:00`)
  return Number(text.slice(0, 2)) * HOUR + Number(text.slice(3)) * MINUTE
}

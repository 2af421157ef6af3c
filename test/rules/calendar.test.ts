import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendar, type Hours } from '#src/core/calendar.ts'
import holidays from '#src/schedule/holidays.json' with { type: 'json' }
import { isItalianHoliday } from '#src/schedule/holidays.ts'
import { table } from '../../.config/holidays.ts'

const isHoliday = isItalianHoliday
const italy = calendar(isHoliday)
const never = calendar(() => false)
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const at = (text: string, zone = 'Europe/Rome'): Temporal.Instant =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant()
const office: Hours = {
  days: [1, 2, 3, 4, 5],
  spans: [
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ],
}

describe('Italian holidays', () => {
  test('the public holidays of 2027', () => {
    const year = Array.from({ length: 365 }, (_, index) => day('2027-01-01').add({ days: index }))
    const found = year.filter(each => isHoliday(each)).map(each => each.toString().slice(5))
    expect(found.join(' ')).toBe('01-01 01-06 03-28 03-29 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26')
  })

  test('4 October is one from 2026 on', () => {
    expect(['2025-10-04', '2026-10-04', '2028-10-04'].map(each => isHoliday(day(each)))).toEqual([false, true, true])
  })

  test('the patron feast is one where it is told', () => {
    expect(isHoliday(day('2027-01-29'), '01-29')).toBe(true)
    expect(isHoliday(day('2027-01-29'))).toBe(false)
    expect(isHoliday(day('2027-02-14'), '01-29')).toBe(false)
  })

  test('what date-holidays says for each year of this century', () => {
    expect(holidays).toEqual(table())
  })
})

describe('working days', () => {
  test.for([
    ['2027-01', 1, '2027-01-04', undefined],
    ['2027-01', 3, '2027-01-07', undefined],
    ['2027-01', 18, '2027-01-28', undefined],
    ['2027-01', 19, '2027-01-29', undefined],
    ['2027-01', 19, undefined, '01-29'],
    ['2027-02', 7, '2027-02-09', undefined],
    ['2027-05', 1, '2027-05-03', undefined],
    ['2027-06', 1, '2027-06-01', undefined],
    ['2027-06', 3, '2027-06-04', undefined],
    ['2027-06', 7, '2027-06-10', undefined],
    ['2027-10', 1, '2027-10-01', undefined],
    ['2027-10', 2, '2027-10-05', undefined],
    ['2027-11', 1, '2027-11-02', undefined],
    ['2027-02', 21, undefined, undefined],
    ['2027-02', 0, undefined, undefined],
  ] as const)('in %s, number %i is %s (feast %s)', ([month, n, expected, feast]) => {
    const found = (): string => italy.workingDay(Temporal.PlainYearMonth.from(month), n, feast).toString()
    if (expected) expect(found()).toBe(expected)
    else expect(found).toThrow(RangeError)
  })

  test.for([
    ['2027-03-26T10:00', 1, '2027-03-30T10:00', 'Easter and its Monday are passed over'],
    ['2027-05-01T10:00', 0, '2027-05-03T10:00', 'a start on a Saturday counts as Monday'],
    ['2027-05-01T10:00', 1, '2027-05-04T10:00', 'and one day more is Tuesday'],
    ['2027-05-31T17:30', 3, '2027-06-04T17:30', '2 June is passed over'],
    ['2027-03-25T09:15', 3, '2027-03-31T09:15', 'the same wall-clock time across summer time'],
  ] as const)('after %s, %i working days: %s (%s)', ([from, n, expected]) => {
    expect(italy.addWorkingDays(at(from), n, 'Europe/Rome').toString()).toBe(at(expected).toString())
  })

  test('a closed world ends in an error, not in a loop', () => {
    const closed = calendar(() => true)
    expect(() => closed.nextWorkingDay(day('2027-01-01'))).toThrow('no working day')
    expect(() => closed.addOpenHours(at('2027-01-01T09:00'), 1, office, 'Europe/Rome')).toThrow('no opening time')
    expect(closed.openHoursBetween(at('2027-01-01T09:00'), at('2030-01-01T09:00'), office, 'Europe/Rome')).toBe(0)
  })
})

describe('opening hours', () => {
  test.for([
    ['2027-05-31T17:00', 2, '2027-06-01T10:00', 'over a night'],
    ['2027-05-31T12:30', 1, '2027-05-31T14:30', 'over lunch'],
    ['2027-05-31T12:00', 1, '2027-05-31T13:00', 'to the end of a span, not the start of the next'],
    ['2027-06-01T17:00', 4, '2027-06-03T12:00', 'over a holiday'],
    ['2027-03-26T17:30', 8.5, '2027-03-30T18:00', 'over Easter and a weekend'],
    ['2027-05-30T03:00', 0, '2027-05-30T03:00', 'no time at all'],
    ['2027-05-30T03:00', 0.25, '2027-05-31T09:15', 'from a Sunday'],
  ] as const)('%s and %d hours is %s: %s', ([from, hours, expected]) => {
    expect(italy.addOpenHours(at(from), hours, office, 'Europe/Rome').toString()).toBe(at(expected).toString())
    expect(italy.openHoursBetween(at(from), at(expected), office, 'Europe/Rome')).toBe(hours)
    if (hours > 0) expect(italy.openHoursBetween(at(expected), at(from), office, 'Europe/Rome')).toBe(0)
  })

  test.for([
    ['2027-03-28', 5, 'spring'],
    ['2027-10-31', 7, 'autumn'],
    ['2027-10-24', 6, 'any other Sunday'],
    ['2040-03-25', 5, 'spring, in many years'],
  ] as const)('a night shift on %s lasts %i hours: %s', ([date, hours]) => {
    const nights: Hours = { days: [7], spans: [['00:00', '06:00']] }
    const [from, to] = [at(`${date}T00:00`), at(`${date}T23:00`)]
    expect(never.openHoursBetween(from, to, nights, 'Europe/Rome')).toBe(hours)
    expect(never.addOpenHours(from, hours, nights, 'Europe/Rome').toString()).toBe(at(`${date}T06:00`).toString())
  })

  test('the patron feast is closed', () => {
    const [from, to] = [at('2027-01-28T18:00'), at('2027-02-01T09:30')]
    expect(italy.openHoursBetween(from, to, office, 'Europe/Rome')).toBe(8.5)
    expect(italy.openHoursBetween(from, to, office, 'Europe/Rome', '01-29')).toBe(0.5)
  })

  test.for([
    [{ days: [], spans: [['09:00', '13:00']] }, 'without a day'],
    [{ days: [8], spans: [['09:00', '13:00']] }, 'weekday 8'],
    [{ days: [1], spans: [] }, 'without a span'],
    [{ days: [1], spans: [['9', '13:00']] }, 'write them as 09:00'],
    [{ days: [1], spans: [['13:00', '09:00']] }, 'overlap or end before'],
    [{ days: [1], spans: Array.from({ length: 2 }, () => ['09:00', '13:00']) }, 'overlap or end before'],
  ] as [Hours, string][])('%j is refused', ([opening, reason]) => {
    expect(() => italy.addOpenHours(at('2027-01-01T09:00'), 1, opening, 'Europe/Rome')).toThrow(reason)
  })

  test.for([-1, Number.NaN, Number.POSITIVE_INFINITY])('%d hours are refused', hours => {
    expect(() => italy.addOpenHours(at('2027-01-01T09:00'), hours, office, 'Europe/Rome')).toThrow(RangeError)
  })

  const quarters = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 4, maxLength: 4 }).map(marks => {
    const clock = (mark: number): string =>
      `${String(mark >> 2).padStart(2, '0')}:${String((mark % 4) * 15).padStart(2, '0')}`
    const [one = '', two = '', three = '', four = ''] = marks.sort((a, b) => a - b).map(clock)
    return [
      [one, two],
      [three, four],
    ] satisfies Hours['spans']
  })
  const openings = fc.record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    spans: quarters,
  })
  const zones = fc.constantFrom(
    'Europe/Rome',
    'America/New_York',
    'Asia/Tokyo',
    'Pacific/Kiritimati',
    'Australia/Lord_Howe',
  )
  // Weeks in which clocks change, and others.
  const starts = fc
    .constantFrom('2027-03-10', '2027-03-25', '2027-04-02', '2027-10-01', '2027-10-29', '2027-11-05', '2027-06-01')
    .chain(date =>
      fc.integer({ min: 0, max: 4 * 96 }).map(step => at(`${date}T00:00`, 'UTC').add({ minutes: step * 15 })),
    )

  /** A quarter of an hour is open when the clock on the wall says so. */
  const quarterIsOpen = (instant: Temporal.Instant, opening: Hours, zone: string): boolean => {
    const local = instant.toZonedDateTimeISO(zone)
    const clock = local.toPlainTime().toString().slice(0, 5)
    if (isHoliday(local.toPlainDate())) return false
    return opening.days.includes(local.dayOfWeek) && opening.spans.some(([a, b]) => a <= clock && clock < b)
  }

  test('agrees with a clock read every quarter of an hour', () => {
    fc.assert(
      fc.property(starts, openings, zones, (from, opening, zone) => {
        const quarter = (index: number): Temporal.Instant => from.add({ minutes: index * 15 })
        const open = Array.from({ length: 4 * 96 }, (_, index) => quarterIsOpen(quarter(index), opening, zone))
        const hours = open.filter(Boolean).length / 4
        expect(italy.openHoursBetween(from, quarter(open.length), opening, zone)).toBe(hours)
        if (hours === 0) return
        const reached = italy.addOpenHours(from, hours, opening, zone)
        expect(reached.toString()).toBe(quarter(open.lastIndexOf(true) + 1).toString())
      }),
      { numRuns: 150 },
    )
  })

  test('what is added is what has passed', () => {
    fc.assert(
      fc.property(starts, openings, zones, fc.integer({ min: 1, max: 60_000 }), (from, opening, zone, minutes) => {
        const reached = italy.addOpenHours(from, minutes / 60, opening, zone)
        expect(italy.openHoursBetween(from, reached, opening, zone)).toBeCloseTo(minutes / 60, 6)
      }),
      { numRuns: 150 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendar } from '#src/core/calendar.ts'
import { isItalianHoliday } from '#src/schedule/holidays.ts'
import { checkRule, type Recurrence, recurrence } from '#src/schedule/recurrence.ts'

const isHoliday = isItalianHoliday
const italy = calendar(isHoliday)
const rome = 'Europe/Rome'
const weekdays = 'BYDAY=MO,TU,WE,TH,FR'
const at = (text: string, zone = rome): Temporal.Instant =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant()
const walls = (instants: Temporal.Instant[], zone = rome): string =>
  instants.map(each => each.toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(0, 16)).join(' ')
const walk = (rule: Recurrence, after: Temporal.Instant, until: Temporal.Instant): Temporal.Instant[] => {
  const found: Temporal.Instant[] = []
  for (let next = rule.next(after); Temporal.Instant.compare(next, until) <= 0; next = rule.next(next)) found.push(next)
  return found
}

describe('known dates', () => {
  test.for([
    [`FREQ=MONTHLY;${weekdays};BYSETPOS=1;BYHOUR=9;BYMINUTE=0`, '2027-05-01', '2027-05-03T09:00', 'first of May'],
    [`FREQ=MONTHLY;${weekdays};BYSETPOS=1;BYHOUR=9`, '2027-06-01', '2027-06-01T09:00', 'first of June'],
    [`FREQ=MONTHLY;${weekdays};BYSETPOS=3;BYHOUR=9`, '2027-06-01', '2027-06-04T09:00', 'third of June'],
    [`FREQ=MONTHLY;${weekdays};BYSETPOS=7;BYHOUR=18`, '2027-06-01', '2027-06-10T18:00', 'seventh of June'],
    [`FREQ=MONTHLY;${weekdays};BYSETPOS=7;BYHOUR=18`, '2027-02-01', '2027-02-09T18:00', 'seventh of February'],
    [`FREQ=MONTHLY;${weekdays};BYSETPOS=1;BYHOUR=9`, '2027-11-01', '2027-11-02T09:00', 'first of November'],
    [`FREQ=MONTHLY;${weekdays};BYSETPOS=1;BYHOUR=9`, '2027-01-01', '2027-01-04T09:00', 'first of January'],
    [`FREQ=MONTHLY;${weekdays};BYSETPOS=-1;BYHOUR=9`, '2027-12-01', '2027-12-31T09:00', 'last of December'],
    ['FREQ=WEEKLY;BYDAY=WE,SU;BYSETPOS=-1;BYHOUR=9', '2025-12-29', '2026-01-04T09:00', 'a week over the new year'],
    ['FREQ=WEEKLY;BYDAY=MO;BYHOUR=8;BYMINUTE=30', '2027-03-23', '2027-03-30T08:30', 'Easter Monday moves'],
    ['FREQ=WEEKLY;BYDAY=MO;BYHOUR=8;BYMINUTE=30', '2027-03-30T08:30', '2027-04-05T08:30', 'and the next one stays'],
    ['FREQ=WEEKLY;BYDAY=WE;BYHOUR=8', '2027-12-08', '2027-12-09T08:00', '8 December moves'],
    ['FREQ=WEEKLY;BYDAY=SA;BYHOUR=8', '2027-04-25', '2027-05-03T08:00', 'a Saturday holiday moves to Monday'],
    ['FREQ=WEEKLY;BYDAY=SA;BYHOUR=8', '2027-05-03T08:00', '2027-05-08T08:00', 'any other Saturday stays'],
    ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31;BYHOUR=8', '2027-12-31', '2027-12-31T08:00', 'no holiday'],
    ['FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15;BYHOUR=8', '2027-01-16', '2027-03-15T08:00', 'odd months since 2001'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYHOUR=8', '2027-01-05', '2027-01-11T08:00', 'even weeks since 2001'],
    ['freq=daily;byhour=9', '1990-01-01', '2001-01-02T09:00', 'nothing before 2001'],
  ] as const)('%s after %s is %s: %s', ([rule, after, expected]) => {
    expect(walls([recurrence(rule, rome, italy).next(at(after))])).toBe(expected)
  })

  test('a moved occurrence is neither lost nor repeated', () => {
    const mondays = recurrence('FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=8', rome, italy)
    const expected = '2027-03-23T08:00 2027-03-30T08:00 2027-04-05T08:00'
    expect(walls(mondays.between(at('2027-03-22T08:00'), at('2027-04-05T08:00')))).toBe(expected)
    expect(walls([mondays.next(at('2027-03-29T12:00'))])).toBe('2027-03-30T08:00')
    expect(walls([mondays.next(at('2027-03-30T08:00'))])).toBe('2027-04-05T08:00')
  })

  test('the feast of the place moves its own, across a year too', () => {
    const last = recurrence('FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9', rome, italy, { feast: '12-31' })
    expect(walls(last.between(at('2027-12-01'), at('2028-02-01')))).toBe('2028-01-03T09:00 2028-01-31T09:00')
    expect(walls([last.next(at('2028-01-01'))])).toBe('2028-01-03T09:00')
  })

  test('what is kept ignores holidays', () => {
    const daily = recurrence('FREQ=DAILY;BYHOUR=9', rome, italy, { keep: true })
    expect(daily.between(at('2027-01-01'), at('2028-01-01')).length).toBe(365)
    const third = recurrence(`FREQ=MONTHLY;${weekdays};BYSETPOS=3;BYHOUR=9`, rome, italy, { keep: true })
    expect(walls([third.next(at('2027-06-01'))])).toBe('2027-06-03T09:00')
  })

  test.for([
    ['FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30', '2027-03-28', '2027-03-28T03:30', 'a skipped time and the later are one'],
    ['FREQ=DAILY;BYHOUR=2;BYMINUTE=15,45', '2027-03-28', '2027-03-28T03:15 2027-03-28T03:45', 'skipped times'],
    ['FREQ=DAILY;BYHOUR=2;BYMINUTE=30', '2027-10-31', '2027-10-31T02:30', 'a repeated time occurs once'],
    ['FREQ=HOURLY;INTERVAL=12', '2027-10-31T06:00', '2027-10-31T12:00 2027-11-01T00:00', 'hours by the wall clock'],
  ] as const)('%s from %s: %s (%s)', ([rule, day, expected]) => {
    const found = recurrence(rule, rome, italy, { keep: true }).between(at(day), at(day).add({ hours: 24 }))
    expect(walls(found)).toBe(expected)
  })

  test('of a repeated time, the first counts', () => {
    const found = recurrence('FREQ=DAILY;BYHOUR=2;BYMINUTE=30', rome, italy).next(at('2027-10-30T12:00'))
    expect(found.toString()).toBe('2027-10-31T00:30:00Z')
  })
})

describe('rules', () => {
  test.for([
    ['', 'unknownPart'],
    ['every day', 'unknownPart'],
    ['BYHOUR=9', 'noFrequency'],
    ['FREQ=MINUTELY', 'badPart'],
    ['FREQ=DAILY', 'noHour'],
    ['FREQ=DAILY;BYHOUR=24', 'badPart'],
    ['FREQ=DAILY;BYHOUR=', 'badPart'],
    ['FREQ=DAILY;BYHOUR=9;BYHOUR=10', 'partTwice'],
    ['FREQ=DAILY;BYHOUR=9;COUNT=3', 'unknownPart'],
    ['FREQ=DAILY;BYHOUR=9;UNTIL=20270101T000000Z', 'unknownPart'],
    ['FREQ=WEEKLY;BYHOUR=9', 'noDay'],
    ['FREQ=MONTHLY;BYHOUR=9', 'noDay'],
    ['FREQ=YEARLY;BYMONTH=3;BYHOUR=9', 'noDay'],
    ['FREQ=WEEKLY;BYDAY=2MO;BYHOUR=9', 'discord'],
    ['FREQ=WEEKLY;BYDAY=XX;BYHOUR=9', 'badPart'],
    ['FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=9', 'neverOccurs'],
    [`FREQ=MONTHLY;${weekdays};BYSETPOS=25;BYHOUR=9`, 'neverOccurs'],
    ['FREQ=HOURLY;BYDAY=MO;BYSETPOS=1', 'noPosition'],
  ] as const)('%s is refused: %s', ([rule, reason]) => {
    expect(checkRule(rule)?.reason).toBe(reason)
    expect(() => recurrence(rule, rome, italy)).toThrow(reason)
  })

  test.for([
    `FREQ=MONTHLY;${weekdays};BYSETPOS=3;BYHOUR=9;BYMINUTE=0`,
    'FREQ=HOURLY',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=9',
    'FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;BYHOUR=9;WKST=MO',
  ])('%s is accepted', rule => {
    expect(checkRule(rule)).toBeUndefined()
  })
})

describe('against a calendar read day by day', () => {
  type Spec = { rule: string; on: (day: Temporal.PlainDate) => boolean; positions?: number[]; per?: 'month' | 'week' }
  const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
  const some = (min: number, max: number) => fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 })
  const byDay = (days: number[]): string => `BYDAY=${days.map(day => names[day - 1]).join(',')}`
  const specs = fc.oneof(
    fc.constant<Spec>({ rule: 'FREQ=DAILY', on: () => true }),
    some(1, 7).map((days): Spec => ({ rule: `FREQ=WEEKLY;${byDay(days)}`, on: day => days.includes(day.dayOfWeek) })),
    some(1, 31).map((days): Spec => ({ rule: `FREQ=MONTHLY;BYMONTHDAY=${days}`, on: day => days.includes(day.day) })),
    some(1, 7).map((months): Spec => {
      const on = (day: Temporal.PlainDate): boolean =>
        day.day === 25 && months.map(each => each + 5).includes(day.month)
      return { rule: `FREQ=YEARLY;BYMONTH=${months.map(each => each + 5)};BYMONTHDAY=25`, on }
    }),
    fc
      .tuple(some(1, 7), fc.constantFrom(1, -1, 2, -2, 3, 4), fc.constantFrom<'month' | 'week'>('month', 'week'))
      .filter(([days, position, per]) => per === 'month' || days.length >= Math.abs(position))
      .map(([days, position, per]): Spec => {
        const rule = `FREQ=${per === 'month' ? 'MONTHLY' : 'WEEKLY'};${byDay(days)};BYSETPOS=${position}`
        return { rule, on: day => days.includes(day.dayOfWeek), positions: [position], per }
      }),
  )
  const [first, final] = [Temporal.PlainDate.from('2025-12-01'), Temporal.PlainDate.from('2030-01-31')]
  const everyDay = Array.from({ length: first.until(final).days + 1 }, (_, index) => first.add({ days: index }))
  const key = (day: Temporal.PlainDate, per: Spec['per']): string =>
    String(per === 'week' ? day.subtract({ days: day.dayOfWeek }) : day.toPlainYearMonth())

  const instant = (day: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): number => {
    const wall = day.toPlainDateTime(time)
    const [earlier, later] = (['earlier', 'later'] as const).map(disambiguation =>
      wall.toZonedDateTime(zone, { disambiguation }),
    )
    return (earlier?.toPlainDateTime().equals(wall) ? earlier : later)?.epochMilliseconds ?? Number.NaN
  }
  const moved = (day: Temporal.PlainDate, feast: string): Temporal.PlainDate => {
    let found = day
    if (isHoliday(day, feast)) while (found.dayOfWeek > 5 || isHoliday(found, feast)) found = found.add({ days: 1 })
    return found
  }
  /** Every instant of the years, worked out with no library: the days first, then the clock. */
  const expected = ({ on, positions, per }: Spec, time: Temporal.PlainTime, zone: string, feast: string): number[] => {
    const days = positions
      ? [...Map.groupBy(everyDay, day => key(day, per)).values()].flatMap(period => {
          const working = period.filter(day => on(day) && !isHoliday(day, feast))
          return positions.flatMap(n => working[n > 0 ? n - 1 : working.length + n] ?? [])
        })
      : everyDay.filter(on).map(day => moved(day, feast))
    return [...new Set(days.map(day => instant(day, time, zone)))].sort((one, other) => one - other)
  }

  test('next, between and last find the same', () => {
    const zones = fc.constantFrom(rome, 'America/New_York', 'Asia/Tokyo', 'Pacific/Kiritimati')
    const times = fc.record({ hour: fc.constantFrom(0, 1, 2, 3, 9, 18, 23), minute: fc.constantFrom(0, 30) })
    const span = { min: at('2026-01-01').epochMilliseconds, max: at('2029-12-31').epochMilliseconds }
    const windows = fc.array(fc.tuple(fc.integer(span), fc.integer(span)), { minLength: 1, maxLength: 6 })
    const feasts = fc.constantFrom('01-29', '02-14', '12-31', '12-24', '04-26')
    fc.assert(
      fc.property(specs, times, zones, feasts, windows, (spec, { hour, minute }, zone, feast, marks) => {
        const rule = recurrence(`${spec.rule};BYHOUR=${hour};BYMINUTE=${minute}`, zone, italy, { feast })
        const all = expected(spec, Temporal.PlainTime.from({ hour, minute }), zone, feast)
        for (const [from, to] of marks) {
          const after = Temporal.Instant.fromEpochMilliseconds(from)
          const until = Temporal.Instant.fromEpochMilliseconds(to)
          const inside = all.filter(each => each > from && each <= to)
          expect(rule.between(after, until).map(each => each.epochMilliseconds)).toEqual(inside)
          expect(walk(rule, after, until).map(each => each.epochMilliseconds)).toEqual(inside)
          expect(rule.last(after, until)?.epochMilliseconds).toBe(inside.at(-1))
        }
      }),
      { numRuns: 80 },
    )
  })

  test('next is cheap in a rehearsed year', () => {
    const rule = recurrence(`FREQ=MONTHLY;${weekdays};BYSETPOS=7;BYHOUR=18`, rome, italy)
    const started = performance.now()
    for (let minute = 0; minute < 100_000; minute += 1) rule.next(at('2027-01-01').add({ minutes: minute * 5 }))
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})

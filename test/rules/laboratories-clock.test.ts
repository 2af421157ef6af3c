import { describe, expect, test } from 'vitest'
import { calendar } from '#src/core/calendar.ts'
import { type Desk, escalation, hoursTo, paused, resumed, started, stopped } from '#src/features/laboratories/clock.ts'
import { asOf, type Dated, figures } from '#src/features/laboratories/figures.ts'
import { isItalianHoliday } from '#src/schedule/holidays.ts'

describe('the clock', () => {
  const calendarOfItaly = calendar(isItalianHoliday)
  const desk: Desk = {
    hours: {
      days: [1, 2, 3, 4, 5],
      spans: [
        ['09:00', '13:00'],
        ['14:00', '17:00'],
      ],
    },
    timezone: 'Europe/Rome',
    feast: '01-29',
    targets: { low: 16, normal: 8, high: 4 },
  }
  const at = (wall: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2027-${wall}[Europe/Rome]`).toInstant()
  const wall = (epoch: number | null | undefined): string | undefined =>
    typeof epoch === 'number'
      ? Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO('Europe/Rome').toPlainDateTime().toString()
      : undefined
  test.each([
    ['the same day', '01-11T10:00', 2, '2027-01-11T12:00:00'],
    ['over lunch', '01-11T10:00', 4, '2027-01-11T15:00:00'],
    ['over a weekend', '01-15T16:00', 4, '2027-01-18T12:00:00'],
    ['over Epiphany', '01-05T16:00', 2, '2027-01-07T10:00:00'],
    ['over the patron feast and the weekend behind it', '01-28T16:00', 2, '2027-02-01T10:00:00'],
    ['from a Sunday', '01-17T11:00', 1, '2027-01-18T10:00:00'],
  ])('the target ends %s', (_, from, hours, due) =>
    expect(wall(started(calendarOfItaly, desk, hours, at(from)).replyDueAt)).toBe(due),
  )

  test('it stops while the requester is waited for, and goes on with what was left', () => {
    const running = started(calendarOfItaly, desk, 8, at('01-11T10:00'))
    const waiting = paused(calendarOfItaly, desk, running, at('01-11T16:00'))
    expect(waiting).toEqual({ target: 8, replyDueAt: null, hoursLeft: 3 })
    const going = resumed(calendarOfItaly, desk, waiting, at('01-15T16:00'))
    expect(wall(going.replyDueAt)).toBe('2027-01-18T11:00:00')
  })
  test('with nothing left it starts over', () => {
    const late = paused(calendarOfItaly, desk, started(calendarOfItaly, desk, 1, at('01-11T10:00')), at('01-12T10:00'))
    expect(late.hoursLeft).toBe(0)
    expect(wall(resumed(calendarOfItaly, desk, late, at('01-13T10:00')).replyDueAt)).toBe('2027-01-13T11:00:00')
  })
  test('one that was stopped does not go on', () => {
    const quiet = stopped(started(calendarOfItaly, desk, 8, at('01-11T10:00')))
    const waiting = paused(calendarOfItaly, desk, quiet, at('01-11T11:00'))
    expect(resumed(calendarOfItaly, desk, waiting, at('01-12T11:00')).replyDueAt).toBe(null)
    expect(escalation(calendarOfItaly, desk, quiet)).toBe(undefined)
  })
  test('the coordinators hear at one and a half times the target', () => {
    expect(wall(escalation(calendarOfItaly, desk, started(calendarOfItaly, desk, 8, at('01-05T16:00'))))).toBe(
      '2027-01-08T13:00:00',
    )
  })
  test('what is left, and by how much it is late, is counted in opening hours', () => {
    const due = at('01-18T12:00').epochMilliseconds
    expect(hoursTo(calendarOfItaly, desk, due, at('01-15T16:00'))).toBe(4)
    expect(hoursTo(calendarOfItaly, desk, due, at('01-19T10:00'))).toBe(-5)
  })
})

test('a request stands as it stood, whatever was taken back since', () => {
  const row = {
    laboratory: null,
    openedAt: 1,
    answeredAt: 2,
    dueAt: 3,
    solvedAt: null,
    closedAt: 60,
    endings: [
      { solvedAt: 10, closedAt: 20, reopenedAt: 30 },
      { solvedAt: 40, closedAt: null, reopenedAt: 50 },
    ],
  }
  const at = (instant: number) => {
    const { solvedAt, closedAt } = asOf(row, instant)
    return { solvedAt, closedAt }
  }
  expect(at(25)).toEqual({ solvedAt: 10, closedAt: 20 })
  expect(at(30)).toEqual({ solvedAt: 10, closedAt: 20 })
  expect(at(31)).toEqual({ solvedAt: 40, closedAt: null })
  expect(at(51)).toEqual({ solvedAt: null, closedAt: 60 })
})

test('the figures of a month, counted by hand', () => {
  const day = (n: number): number => Date.UTC(2027, 0, n)
  const one = (openedOn: number, change: Partial<Dated>): Dated => ({
    laboratory: null,
    openedAt: day(openedOn),
    answeredAt: null,
    dueAt: day(openedOn + 2),
    solvedAt: null,
    closedAt: null,
    ...change,
  })
  const requests = [
    one(2, { answeredAt: day(3), solvedAt: day(5), closedAt: day(12) }), // in time, solved and closed
    one(4, { answeredAt: day(9), solvedAt: day(35) }), // late; open at the end
    one(20, {}), // never answered: late
    one(30, {}), // not due yet
    one(10, { closedAt: day(11) }), // withdrawn before a reply was due
    one(-40, { answeredAt: day(-39) }), // open for long
    one(-5, { answeredAt: day(-4), solvedAt: day(2) }), // answered the month before
  ]
  expect(figures(requests, day(1), day(32))).toEqual({
    opened: 5,
    solved: 2,
    closed: 2,
    open: 4,
    ages: { week: 1, month: 2, longer: 1 },
    inTime: 1,
    due: 3,
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Quiet, quietUntil, usualQuiet } from '#src/core/quiet.ts'
import { isItalianHoliday } from '#src/schedule/holidays.ts'

const isHoliday = isItalianHoliday
const rome = (local: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Rome').toInstant()
const none: Quiet = { hours: ['00:00', '00:00'], holidays: false }

test.each([
  ['in the morning nobody sleeps', '2027-01-12T08:00', usualQuiet, undefined],
  ['until eight in the evening it is day', '2027-01-12T19:59', usualQuiet, undefined],
  ['from eight in the evening it waits for the morning', '2027-01-12T20:00', usualQuiet, '2027-01-13T08:00'],
  ['at night it waits for the same morning', '2027-01-13T03:30', usualQuiet, '2027-01-13T08:00'],
  ['a holiday is quiet all day', '2027-06-02T11:00', usualQuiet, '2027-06-03T08:00'],
  ['two holidays in a row, and the night before', '2027-12-24T21:00', usualQuiet, '2027-12-27T08:00'],
  ['Easter Monday', '2027-03-28T21:00', usualQuiet, '2027-03-30T08:00'],
  ['a holiday on which people work', '2027-06-02T11:00', { ...usualQuiet, holidays: false }, undefined],
  ['quiet at noon', '2027-01-12T12:30', { hours: ['12:00', '14:00'], holidays: true }, '2027-01-12T14:00'],
  ['no quiet hours at all', '2027-01-13T03:30', none, undefined],
  [
    'the night in which the clocks go forward',
    '2027-03-27T23:00',
    { ...usualQuiet, holidays: false },
    '2027-03-28T08:00',
  ],
] as const)('%s', (_, at, quiet, until) => {
  const end = quietUntil(rome(at), { ...quiet, hours: [...quiet.hours] }, isHoliday, 'Europe/Rome')
  expect(end?.toString()).toBe(until && rome(until).toString())
})

test('the patron feast of a place is its own', () => {
  const at = rome('2027-01-29T10:00')
  expect(quietUntil(at, usualQuiet, isHoliday, 'Europe/Rome', '01-29')).toEqual(rome('2027-01-30T08:00'))
  expect(quietUntil(at, usualQuiet, isHoliday, 'Europe/Rome')).toBeUndefined()
})

test('whenever it is quiet, it is over at an instant at which it is not', () => {
  const moments = fc.integer({
    min: rome('2027-01-01T00:00').epochMilliseconds,
    max: rome('2028-01-01T00:00').epochMilliseconds,
  })
  const hours = fc.integer({ min: 0, max: 23 }).map(hour => `${String(hour).padStart(2, '0')}:00`)
  fc.assert(
    fc.property(
      moments,
      hours,
      hours,
      fc.boolean(),
      fc.constantFrom('Europe/Rome', 'America/New_York', 'Asia/Tokyo'),
      (at, from, to, holidays, zone) => {
        const quiet: Quiet = { hours: [from, to], holidays }
        const instant = Temporal.Instant.fromEpochMilliseconds(at)
        const end = quietUntil(instant, quiet, isHoliday, zone)
        if (!end) return
        expect(Temporal.Instant.compare(end, instant)).toBe(1)
        expect(quietUntil(end, quiet, isHoliday, zone)).toBeUndefined()
      },
    ),
    { numRuns: 200 },
  )
})

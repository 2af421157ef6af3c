import { expect, test } from 'vitest'
import { readMonth, weekBefore, wholeMonth } from '#src/features/digests/rules.ts'

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text)

test.each([
  ['', { kind: 'latest' }],
  ['settimana', { kind: 'week' }],
  ['week', { kind: 'week' }],
  ['gennaio', { kind: 'month', month: '2027-01' }],
  ['Gennaio 2026', { kind: 'month', month: '2026-01' }],
  ['january', { kind: 'month', month: '2027-01' }],
  ['MAY 2025', { kind: 'month', month: '2025-05' }],
  ['marzo', { kind: 'month', month: '2026-03' }], // March 2027 has not begun: the one before
  ['febbraio', { kind: 'month', month: '2027-02' }],
  ['2027-01', { kind: 'month', month: '2027-01' }],
  ['1/2027', { kind: 'month', month: '2027-01' }],
  ['2027-03', { kind: 'future', month: '2027-03' }],
  ['dicembre 2030', { kind: 'future', month: '2030-12' }],
  ['2027-13', { kind: 'unreadable' }],
  ['gennaio 27', { kind: 'unreadable' }],
  ['ieri', { kind: 'unreadable' }],
])('«%s» is read as %o', (text, expected) => {
  expect(readMonth(text, at('2027-02-10T09:00:00Z'), 'Europe/Rome', ['settimana', 'week'])).toEqual(expected)
})

test.each([
  ['2027-01-18T07:30:00Z', '2027-01-10T23:00:00Z', '2027-01-17T23:00:00Z'],
  ['2027-03-30T06:30:00Z', '2027-03-21T23:00:00Z', '2027-03-28T22:00:00Z'], // the clocks changed on Sunday 28
])('the week before %s begins %s', (now, from, to) => {
  const week = weekBefore(at(now), 'Europe/Rome')
  expect([String(week.from), String(week.to)]).toEqual([from, to])
})

test('a month is told from its first midnight to the next, in the programme’s zone', () => {
  const { from, to, period: month } = wholeMonth('2027-03', 'Europe/Rome')
  expect([String(from), String(to), month]).toEqual(['2027-02-28T23:00:00Z', '2027-03-31T22:00:00Z', '2027-03'])
})

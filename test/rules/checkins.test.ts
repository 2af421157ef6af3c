import { describe, expect, test } from 'vitest'
import { calendar } from '#src/core/calendar.ts'
import {
  against,
  byLine,
  clip,
  type Entry,
  entryNamed,
  extension,
  type Item,
  isUnderReview,
  mayAnswer,
  monthBefore,
  rose,
  standing,
} from '#src/features/checkins/rules.ts'
import type { Answer, Period } from '#src/features/checkins/store.ts'
import { isItalianHoliday } from '#src/schedule/holidays.ts'

const working = calendar(isItalianHoliday)
const clock = { timezone: 'Europe/Rome' }
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text)
const period = (id: string, more: Partial<Period> = {}): Period => ({
  id,
  openedAt: 0,
  closesAt: at('2027-02-09T17:00:00Z').epochMilliseconds,
  extendedAt: null,
  closedAt: null,
  ...more,
})

test.each([
  ['green', 'green', 'same'],
  ['green', 'amber', 'changed'],
  ['red', 'green', 'changed'],
  ['amber', undefined, 'new'],
] as const)('%s against %s is %s', (now, before, expected) => {
  expect(against(now, before)).toBe(expected)
})

test.each([
  [{ likelihood: 3, impact: 4 }, { likelihood: 3, impact: 3 }, true], // 12 over 9
  [{ likelihood: 3, impact: 4 }, { likelihood: 4, impact: 3 }, false], // 12 and 12
  [{ likelihood: 2, impact: 5 }, { likelihood: 4, impact: 3 }, false], // 10 under 12
  [{ likelihood: 5, impact: 5 }, undefined, false], // nothing to compare with
  [undefined, { likelihood: 1, impact: 1 }, false], // not reviewed
])('%o after %o rose: %s', (now, before, expected) => {
  expect(rose(now, before)).toBe(expected)
})

test.each([
  ['2027-02-01T08:00:00Z', 'Europe/Rome', '2027-01'],
  ['2027-01-31T20:00:00Z', 'Pacific/Auckland', '2027-01'],
  ['2027-01-31T20:00:00Z', 'Europe/Rome', '2026-12'],
  ['2027-01-01T08:00:00Z', 'Europe/Rome', '2026-12'],
])('the month before %s in %s is %s', (instant, zone, month) => {
  expect(monthBefore(at(instant), zone)).toBe(month)
})

test.each([
  ['2027-02-09T16:59:00Z', {}, 'open'],
  ['2027-02-09T17:00:00Z', {}, 'closed'],
  ['2027-02-05T12:00:00Z', { closedAt: 1 }, 'closed'],
  ['2027-02-10T12:00:00Z', { extendedAt: 1, closesAt: at('2027-02-12T17:00:00Z').epochMilliseconds }, 'open'],
] as const)('at %s a period with %o is %s', (now, more, expected) => {
  const { closesAt, closedAt } = period('2027-01', more)
  expect(standing({ closedAt }, Temporal.Instant.fromEpochMilliseconds(closesAt), at(now))).toBe(expected)
})

test('where no end is known, only the closing closes', () => {
  expect(standing({ closedAt: null }, undefined, at('2027-02-20T12:00:00Z'))).toBe('open')
})

test.each([
  ['', '2027-02-12T17:00:00Z'], // three working days after Tuesday 9
  ['3 giorni', '2027-02-12T17:00:00Z'],
  ['5 days', '2027-02-16T17:00:00Z'],
  ['1', '2027-02-10T17:00:00Z'],
  ['15/02/2027', '2027-02-15T17:00:00Z'],
  ['2027-02-28', '2027-02-28T17:00:00Z'],
  ['9/2/2027', 'checkins.extend.early'],
  ['0 giorni', 'checkins.extend.early'],
  ['1/3/2027', 'checkins.extend.far'],
  ['99 giorni', 'checkins.extend.far'],
  ['10 febbraio', '2027-02-10T17:00:00Z'],
  ['fino al 15 feb', '2027-02-15T17:00:00Z'],
  ['to February 25th', '2027-02-25T17:00:00Z'],
  ['giovedì 11 febbraio', '2027-02-11T17:00:00Z'],
  ['3 working days', '2027-02-12T17:00:00Z'],
  ['15/2', '2027-02-15T17:00:00Z'],
  ['fino a venerdì', '2027-02-12T17:00:00Z'], // after Tuesday 9
  ['3 gg', '2027-02-12T17:00:00Z'],
  ['3 giorni in più', '2027-02-12T17:00:00Z'],
  ['8 febbraio', 'checkins.extend.early'],
  ['10 marzo', 'checkins.extend.far'],
  ['30 febbraio', 'checkins.extend.unreadable'],
  ['1 settimana', 'checkins.extend.unreadable'],
  ['30/02/2027', 'checkins.extend.unreadable'],
  ['domani', 'checkins.extend.unreadable'],
])('extended by «%s»: %s', (text, expected) => {
  const round = { period: period('2027-01'), due: at('2027-02-09T17:00:00Z'), home: clock }
  const moved = extension(text, round, at('2027-02-03T09:00:00Z'), working)
  expect(moved.ok ? String(moved.value) : moved.problem.key).toBe(expected)
})

describe('an adoption is asked about', () => {
  const opened = at('2027-02-01T08:00:00Z').epochMilliseconds
  test.each([
    ['2027-01-10T09:00:00Z', null, true],
    ['2027-02-02T09:00:00Z', null, false], // begun after the check-in opened
    ['2026-09-01T09:00:00Z', '2027-01-20T09:00:00Z', true], // became a holder in the month under review
    ['2026-09-01T09:00:00Z', '2026-12-31T09:00:00Z', false],
  ])('begun %s, holder %s: %s', (begun, holder, expected) => {
    const dates = { interestedAt: at(begun).epochMilliseconds, holderAt: holder ? at(holder).epochMilliseconds : null }
    expect(isUnderReview(dates, { id: '2027-01', openedAt: opened }, 'Europe/Rome')).toBe(expected)
  })
})

const item = (id: string, more: Partial<Item> = {}): Item => ({
  kind: 'line',
  id,
  code: id,
  name: {},
  owner: 'o',
  ...more,
})
const entry = (id: string, more: Partial<Item> = {}, answer?: Answer): Entry => ({
  period: '2027-01',
  item: item(id, more),
  answer,
})
const said = (status: Answer['status']): Answer => ({ status, late: false }) as Answer

test('a line is missing while it or one of its actions is, and nobody is asked for what nobody owns', () => {
  const entries: Entry[] = [
    entry('L1', {}, said('green')),
    entry('A1', { kind: 'action', line: 'L1' }),
    entry('A2', { kind: 'action', line: 'L1', owner: null }),
    entry('L2', {}, said('red')),
    entry('A9', { kind: 'action', line: 'L9' }),
  ]
  expect(byLine(entries).map(({ line, missing }) => [line.item.id, missing])).toEqual([
    ['L1', ['A1']],
    ['L2', []],
  ])
})

test('her own comes first when two things share a code', () => {
  const entries = ['one', 'two'].map(id => entry(id, { kind: 'adoption', code: 'P-0001', owner: id }))
  expect(entryNamed(entries, 'p-0001', 'two')?.item.id).toBe('two')
  expect(entryNamed(entries, 'adoption:one', 'two')?.item.id).toBe('one')
  expect(entryNamed(entries, 'P-0002', 'two')).toBe(undefined)
})

test('an owner answers for her own, the administrator for all', () => {
  expect([
    mayAnswer(item('L1'), 'o', false),
    mayAnswer(item('L1'), 'x', false),
    mayAnswer(item('L1'), 'x', true),
  ]).toEqual([true, false, true])
})

test('a long text is cut between characters', () => {
  expect(clip('a😀b', 3)).toBe('a😀b')
  expect(clip('a😀bc', 3)).toBe('a😀…')
})

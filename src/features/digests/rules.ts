import { monthNamed } from '#src/core/days.ts'
import type { Window } from '#src/core/feature.ts'
import { fold } from '#src/core/fold.ts'

/** What a digest can be asked for. */
export type Wanted =
  | { kind: 'latest' }
  | { kind: 'week' }
  | { kind: 'month'; month: string }
  | { kind: 'future'; month: string }
  | { kind: 'unreadable' }

/** The week, Monday to Monday, before the one in which an instant lies: a digest moved past a holiday tells the same week. */
export function weekBefore(at: Temporal.Instant, zone: string): Window {
  const day = at.toZonedDateTimeISO(zone).toPlainDate()
  const monday = day.subtract({ days: day.dayOfWeek - 1 })
  const start = (date: Temporal.PlainDate): Temporal.Instant => date.toZonedDateTime(zone).toInstant()
  return { from: start(monday.subtract({ days: 7 })), to: start(monday) }
}

/** A calendar month, `2027-01`. */
export function wholeMonth(month: string, zone: string): Window {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  const start = (date: Temporal.PlainDate): Temporal.Instant => date.toZonedDateTime(zone).toInstant()
  return { from: start(first), to: start(first.add({ months: 1 })), period: month }
}

/** Reads «gennaio», «January 2027», «2027-01», «01/2027»; a month without its year is the latest that has begun. */
export function readMonth(text: string, now: Temporal.Instant, zone: string, weekWords: readonly string[]): Wanted {
  const typed = fold(text.slice(0, 100))
  if (typed === '') return { kind: 'latest' }
  if (weekWords.map(fold).includes(typed)) return { kind: 'week' }
  const today = now.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth()
  const month = inFigures(typed) ?? inWords(typed, today)
  if (!month) return { kind: 'unreadable' }
  const future = Temporal.PlainYearMonth.compare(month, today) > 0
  return { kind: future ? 'future' : 'month', month: month.toString() }
}

function inFigures(typed: string): Temporal.PlainYearMonth | undefined {
  const found = /^(?<year>\d{4})-(?<month>\d{1,2})$/.exec(typed) ?? /^(?<month>\d{1,2})\/(?<year>\d{4})$/.exec(typed)
  return found?.groups ? yearMonth(Number(found.groups.year), Number(found.groups.month)) : undefined
}

function inWords(typed: string, today: Temporal.PlainYearMonth): Temporal.PlainYearMonth | undefined {
  const [, name = '', year] = /^(\p{L}+)(?: (\d{4}))?$/u.exec(typed) ?? []
  const month = monthNamed(name)
  if (!month) return undefined
  if (year) return yearMonth(Number(year), month)
  return yearMonth(month > today.month ? today.year - 1 : today.year, month)
}

const yearMonth = (year: number, month: number): Temporal.PlainYearMonth | undefined =>
  month >= 1 && month <= 12 && year >= 2000 && year <= 2100 ? new Temporal.PlainYearMonth(year, month) : undefined

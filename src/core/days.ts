import { fold } from './fold.ts'
import { JOINING } from './joining.ts'

/** The languages whose months and weekdays are understood, whoever writes. */
const LANGUAGES = ['it', 'en']
/** What may stand before a day. */
const UNTIL = ['fino', 'entro', 'giorno', 'until', 'till', 'to', 'on']

/**
 * Reads the one day that a text is about: «15/03/2027», «2027-03-15», «15/3», «fino al 10 febbraio», «giovedì 11 febbraio 2027», «February 10th»,
 * «venerdì». A day without its year is the next one, counted from `since`; without `since` the year must be there.
 */
export function dayIn(text: string, since?: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const words = fold(text.slice(0, 100)).split(/[\s,]+/)
  const said = words.filter(word => !JOINING.has(word) && !UNTIL.includes(word))
  const weekday = weekdayNamed(said[0] ?? '')
  const rest = (weekday ? said.slice(1) : said).join(' ')
  if (weekday && rest === '') return since?.add({ days: ((weekday - since.dayOfWeek + 6) % 7) + 1 })
  const { day, month, year } = inFigures(rest) ?? inWords(rest) ?? {}
  if (!day || !month) return undefined
  if (year) return dated(year, month, day)
  const next = since && dated(since.year, month, day)
  return next && Temporal.PlainDate.compare(next, since) < 0 ? dated(since.year + 1, month, day) : next
}

/** Which month a name means, 1 to 12; its first three letters are enough. */
export function monthNamed(name: string): number | undefined {
  const months = LANGUAGES.map(language => names(language, 12, MONTH))
  const found = months.map(each => each.findIndex(month => month === name || month.slice(0, 3) === name) + 1)
  return found.find(at => at > 0)
}
/** Monday is 1. */
const weekdayNamed = (name: string): number | undefined =>
  LANGUAGES.map(language => names(language, 7, WEEKDAY).indexOf(name) + 1).find(at => at > 0)

type Naming = (language: string, index: number) => string
const MONTH: Naming = (language, index) =>
  new Temporal.PlainDate(2027, index + 1, 1).toLocaleString(language, { month: 'long' })
const WEEKDAY: Naming = (language, index) =>
  new Temporal.PlainDate(2027, 2, index + 1).toLocaleString(language, { weekday: 'long' })
const names = (language: string, count: number, naming: Naming): string[] =>
  Array.from({ length: count }, (_, index) => fold(naming(language, index)))

interface Written {
  day: number
  month: number | undefined
  year: number | undefined
}

function inFigures(said: string): Written | undefined {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$/.exec(said) ?? []
  if (day) return { day: Number(day), month: Number(month), year: year ? Number(year) : undefined }
  const [iso, ...parts] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(said) ?? []
  return iso ? { year: Number(parts[0]), month: Number(parts[1]), day: Number(parts[2]) } : undefined
}

function inWords(said: string): Written | undefined {
  const found =
    /^(?<day>\d{1,2})(?:º|°|st|nd|rd|th)? (?<month>\p{L}+)(?: (?<year>\d{4}))?$/u.exec(said) ??
    /^(?<month>\p{L}+) (?<day>\d{1,2})(?:st|nd|rd|th)?(?: (?<year>\d{4}))?$/u.exec(said)
  const { day, month = '', year } = found?.groups ?? {}
  return day ? { day: Number(day), month: monthNamed(month), year: year ? Number(year) : undefined } : undefined
}

function dated(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return undefined // not a day of the calendar: the caller says so
  }
}

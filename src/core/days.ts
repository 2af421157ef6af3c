import { fold } from './fold.ts'
import { JOINING } from './joining.ts'

/** What may stand before a day. */
const UNTIL = ['fino', 'entro', 'giorno', 'until', 'till', 'to', 'on']
/** A day without its year that was so many days ago has just passed; earlier, it is next year's. */
const JUST_PASSED = 90

/** From where days are counted that are written without their year, and the names of days. */
export interface Since {
  date: Temporal.PlainDate
  /** «Venerdì» comes after this; without it, after `date`. */
  weekday?: Temporal.PlainDate
}

/**
 * Reads the one day that a text is about: «15/03/2027», «2027-03-15», «15/3», «fino al 10 febbraio», «giovedì 11 febbraio 2027», «February 10th»,
 * «venerdì». A day without its year is the next one, or the one that has just passed; without `since` the year must be there.
 */
export function dayIn(text: string, since?: Since): Temporal.PlainDate | undefined {
  const words = fold(text.slice(0, 100)).split(/[\s,]+/)
  const said = words.filter(word => !JOINING.has(word) && !UNTIL.includes(word))
  const weekday = weekdays.get(said[0] ?? '')
  const rest = (weekday ? said.slice(1) : said).join(' ')
  if (weekday && rest === '') return since && nextWeekday(weekday, since.weekday ?? since.date)
  const { day, month, year } = inFigures(rest) ?? inWords(rest) ?? {}
  if (!day || !month) return undefined
  return year ? dated(year, month, day) : since && withoutYear(month, day, since.date)
}

const nextWeekday = (weekday: number, after: Temporal.PlainDate): Temporal.PlainDate =>
  after.add({ days: ((weekday - after.dayOfWeek + 6) % 7) + 1 })

/** The 29th of February may be years away. */
function withoutYear(month: number, day: number, since: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const years = Array.from({ length: 9 }, (_, at) => dated(since.year + at, month, day))
  return years.find(each => each && each.since(since).days > -JUST_PASSED)
}

/** Which month a name means, 1 to 12; its first three letters are enough. */
export const monthNamed = (name: string): number | undefined => months.get(name)

/** In the languages that are understood, whoever writes. */
const named = (count: number, name: (language: string, at: number) => string): [string, number][] =>
  ['it', 'en'].flatMap(language =>
    Array.from({ length: count }, (_, at): [string, number] => [fold(name(language, at + 1)), at + 1]),
  )
const wholeMonths = named(12, (language, month) =>
  new Temporal.PlainDate(2027, month, 1).toLocaleString(language, { month: 'long' }),
)
const months = new Map([...wholeMonths.map(([name, at]): [string, number] => [name.slice(0, 3), at]), ...wholeMonths])
/** Monday is 1; the first of February 2027 was one. */
const weekdays = new Map(
  named(7, (language, day) => new Temporal.PlainDate(2027, 2, day).toLocaleString(language, { weekday: 'long' })),
)

interface Written {
  day: number
  month: number | undefined
  year: number | undefined
}

/** Without a year only as «15/3»: «10-12» and «1.5» may be anything. */
function inFigures(said: string): Written | undefined {
  const found =
    /^(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4})$/.exec(said) ??
    /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/.exec(said) ??
    /^(?<day>\d{1,2})\/(?<month>\d{1,2})$/.exec(said)
  const { day, month, year } = found?.groups ?? {}
  return day ? { day: Number(day), month: Number(month), year: year ? Number(year) : undefined } : undefined
}

function inWords(said: string): Written | undefined {
  // «1º» is «1o» here.
  const found =
    /^(?<day>\d{1,2})(?:o|°|st|nd|rd|th)? (?<month>\p{L}+)(?: (?<year>\d{4}))?$/u.exec(said) ??
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

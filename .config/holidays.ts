// `npm run holidays`: Italy's public holidays of a century, by the rules of date-holidays, into the table that the bot reads.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Holidays from 'date-holidays'

const FROM = 2000
const YEARS = 101
const italy = new Holidays('IT', { types: ['public'] })
// `start` is an instant in the zone of the library's choice; `date` begins with the plain date.
const daysOf = (year: number): string =>
  [...new Set(italy.getHolidays(year).map(holiday => holiday.date.slice(5, 10)))].join(' ')

/** The days of each year, `MM-DD MM-DD …`. */
export const table = (): Record<string, string> =>
  Object.fromEntries(Array.from({ length: YEARS }, (_, at) => [`${FROM + at}`, daysOf(FROM + at)]))

if (import.meta.main) {
  const file = join(import.meta.dirname, '../src/schedule/holidays.json')
  writeFileSync(file, `${JSON.stringify(table(), null, 2)}\n`)
}

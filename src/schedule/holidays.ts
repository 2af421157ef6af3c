import Holidays from 'date-holidays'
import type { IsHoliday } from '#src/core/calendar.ts'

/**
 * Italy's public holidays, Easter Monday included and 4 October from 2026 on, by the rules of date-holidays; and the patron
 * feast of the place, 'MM-DD'. Plain dates: the zone of the process does not matter.
 */
export function italianHolidays(): IsHoliday {
  const italy = new Holidays('IT', { types: ['public'] })
  const years = new Map<number, Set<string>>()

  const ofYear = (year: number): Set<string> => {
    const known = years.get(year)
    if (known) return known
    // `start` is an instant in the zone of the library's choice; `date` begins with the plain date.
    const days = new Set(italy.getHolidays(year).map(holiday => holiday.date.slice(5, 10)))
    years.set(year, days)
    return days
  }

  return (day, feast) => {
    const monthDay = `${twoDigits(day.month)}-${twoDigits(day.day)}`
    return monthDay === feast || ofYear(day.year).has(monthDay)
  }
}

const twoDigits = (part: number): string => String(part).padStart(2, '0')

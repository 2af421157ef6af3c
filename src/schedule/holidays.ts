import type { IsHoliday } from '#src/core/calendar.ts'
import table from './holidays.json' with { type: 'json' }

const years = new Map(Object.entries(table).map(([year, days]) => [Number(year), new Set(days.split(' '))]))

/**
 * Italy's public holidays, Easter Monday included and 4 October from 2026 on, until 2100, from a table that date-holidays makes
 * (`npm run holidays`); and the patron feast of the place, 'MM-DD'. Plain dates: the zone of the process does not matter.
 */
export const isItalianHoliday: IsHoliday = (day, feast) => {
  const monthDay = day.toString().slice(5, 10)
  return monthDay === feast || years.get(day.year)?.has(monthDay) === true
}

// When things happen, worked out day by day and with whole numbers only: nothing here knows how the bot does it.

/** Days since 1 January 1970, a Thursday. */
export type Day = number
const DAY = 86_400_000
const MINUTE = 60_000

export const written = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10)
const monthOf = (day: Day): string => written(day).slice(0, 7)
/** 0 is Monday. */
const weekday = (day: Day): number => (day + 3) % 7

/** Easter Sunday by the Gregorian tables, as Meeus has them. */
function easter(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const epact = (19 * golden + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30
  const full = epact - Math.floor(epact / 28) * (1 - Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11))
  const sunday = full - ((year + Math.floor(year / 4) + full + 2 - century + Math.floor(century / 4)) % 7)
  const month = 3 + Math.floor((sunday + 40) / 44)
  return Date.UTC(year, month - 1, sunday + 28 - 31 * Math.floor(month / 4)) / DAY
}

/** What the law calls a holiday everywhere in Italy, Saint Francis included since 2026. */
const FIXED = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '10-04', '11-01', '12-08', '12-25', '12-26']

/** How the days of some years are: which is a holiday, which is worked. */
export interface Days {
  all: Day[]
  isHoliday(day: Day): boolean
  isWorked(day: Day): boolean
}
export function daysOf(first: number, last: number, feast: string): Days {
  const moving = new Set<Day>()
  for (let year = first; year <= last; year += 1) moving.add(easter(year)).add(easter(year) + 1)
  const fixed = new Set([...FIXED, feast])
  const isHoliday = (day: Day): boolean => moving.has(day) || fixed.has(written(day).slice(5))
  const all: Day[] = []
  for (let day = Date.UTC(first, 0, 1) / DAY; day < Date.UTC(last + 1, 0, 1) / DAY; day += 1) all.push(day)
  return { all, isHoliday, isWorked: day => weekday(day) < 5 && !isHoliday(day) }
}

/** The n-th working day of each month. */
export function nthWorkingDays({ all, isWorked }: Days, n: number): Day[] {
  const counted = new Map<string, number>()
  return all.filter(isWorked).filter(day => {
    const count = (counted.get(monthOf(day)) ?? 0) + 1
    counted.set(monthOf(day), count)
    return count === n
  })
}

/** Those days; instead of a holiday, the next day that is worked. */
export function moved(some: Day[], { isHoliday, isWorked }: Days): Day[] {
  const instead = (day: Day): Day => {
    let found = day
    if (isHoliday(day)) while (!isWorked(found)) found += 1
    return found
  }
  return [...new Set(some.map(instead))].sort((one, other) => one - other)
}
export const mondays = ({ all }: Days): Day[] => all.filter(day => weekday(day) === 0)
export const sundays = ({ all }: Days): Day[] => all.filter(day => weekday(day) === 6)

/** How far ahead of UTC the clocks of a zone are at an instant, in milliseconds: read off what a calendar shows there. */
function offsets(zone: string): (at: number) => number {
  const wall = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  return at => {
    const shown = Object.fromEntries(wall.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = shown
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / MINUTE) * MINUTE
  }
}

/** The instant at which a clock on the wall shows a time: of two, the first; of a skipped one, as if nothing were skipped. */
export function wallClock(zone: string): (day: Day, hour: number, minute: number) => number {
  const offset = offsets(zone)
  return (day, hour, minute) => {
    const wall = day * DAY + hour * 60 * MINUTE + minute * MINUTE
    const [before, after] = [wall - offset(wall - DAY), wall - offset(wall + DAY)]
    const shown = [before, after].filter(at => at + offset(at) === wall)
    return shown.length > 0 ? Math.min(...shown) : before
  }
}

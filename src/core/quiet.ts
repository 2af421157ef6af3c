import type { IsHoliday } from './calendar.ts'

/** Hours in which nobody is disturbed, by the clock on the wall: from (included) to (excluded); the same twice is none. */
export interface Quiet {
  hours: [from: string, to: string]
  /** Whether a holiday is quiet all day. */
  holidays: boolean
}
export const usualQuiet: Quiet = { hours: ['20:00', '08:00'], holidays: true }

/** No row of quiet days is longer than this. */
const LONGEST = 366

/** When the quiet is over in which `at` falls, in a zone and with the patron feast of the place; undefined when it is not. */
export function quietUntil(
  at: Temporal.Instant,
  quiet: Quiet,
  isHoliday: IsHoliday,
  zone: string,
  feast?: string,
): Temporal.Instant | undefined {
  let end = at.toZonedDateTimeISO(zone)
  for (let days = 0; days < LONGEST; days += 1) {
    const next = endOfQuiet(end, quiet, day => quiet.holidays && isHoliday(day, feast))
    if (!next) break
    end = next
  }
  return end.toInstant().equals(at) ? undefined : end.toInstant()
}

/** The end of the holiday or of the quiet hours in which a moment falls. */
function endOfQuiet(
  moment: Temporal.ZonedDateTime,
  { hours }: Quiet,
  isQuietDay: (day: Temporal.PlainDate) => boolean,
): Temporal.ZonedDateTime | undefined {
  const tomorrow = moment.add({ days: 1 }).startOfDay()
  if (isQuietDay(moment.toPlainDate())) return tomorrow
  const [from, to] = hours
  const time = moment.toPlainTime().toString({ smallestUnit: 'minute' })
  const overnight = from > to
  const isQuiet = overnight ? time >= from || time < to : time >= from && time < to
  if (!isQuiet) return undefined
  const day = overnight && time >= from ? tomorrow.toPlainDate() : moment.toPlainDate()
  return day.toZonedDateTime({ timeZone: moment.timeZoneId, plainTime: to })
}

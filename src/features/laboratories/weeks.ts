import type { Request } from './requests/store.ts'

/** How many weeks a chart looks back on. */
export const WEEKS = 8

/** The earliest that a chart which ends here can show, in whatever zone. */
export const lookedBackTo = (end: Temporal.Instant): number =>
  end.subtract({ hours: (WEEKS + 1) * 7 * 24 }).epochMilliseconds

export interface Week {
  monday: Temporal.PlainDate
  opened: number
  closed: number
}

type Happened = Pick<Request, 'openedAt' | 'closedAt' | 'endings'>

/** What was opened and closed in each of the weeks, Monday to Monday, that lead up to an instant (excluded), also what is open again. */
export function byWeek(requests: readonly Happened[], end: number, zone: string): Week[] {
  const last = Temporal.Instant.fromEpochMilliseconds(end - 1)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
  const closings = requests.flatMap(({ closedAt, endings }) => [closedAt, ...endings.map(each => each.closedAt)])
  const monday = last.subtract({ days: last.dayOfWeek - 1 })
  return Array.from({ length: WEEKS }, (_, at) => {
    const first = monday.subtract({ weeks: WEEKS - 1 - at })
    const from = first.toZonedDateTime(zone).epochMilliseconds
    const to = Math.min(first.add({ weeks: 1 }).toZonedDateTime(zone).epochMilliseconds, end)
    const within = (instant: number | null): boolean => instant !== null && instant >= from && instant < to
    return {
      monday: first,
      opened: requests.filter(({ openedAt }) => within(openedAt)).length,
      closed: closings.filter(within).length,
    }
  })
}

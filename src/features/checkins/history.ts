import type { Mark } from '#src/core/chart.ts'
import type { Answer, Period } from './store.ts'

/** How many months a chart looks back on, the one under review included. */
export const MONTHS = 6

/** The months up to one, oldest first. */
export const monthsTo = (last: string): string[] =>
  Array.from({ length: MONTHS }, (_, at) =>
    Temporal.PlainYearMonth.from(last)
      .subtract({ months: MONTHS - 1 - at })
      .toString(),
  )

/** How one line stood in each month; nothing where nobody was asked. */
export function marksOf(
  line: string,
  months: readonly string[],
  periods: readonly Pick<Period, 'id' | 'openedAt'>[],
  answers: readonly Pick<Answer, 'period' | 'kind' | 'item' | 'status'>[],
): (Mark | null)[] {
  const asked = new Set(periods.filter(({ openedAt }) => openedAt !== null).map(({ id }) => id))
  const answer = (month: string) =>
    answers.find(({ period, kind, item }) => period === month && kind === 'line' && item === line)
  return months.map(month => answer(month)?.status ?? (asked.has(month) ? 'none' : null))
}

/** Months in a row with the same mark, as they are told; months in which nobody was asked are passed over. */
export interface Run {
  from: string
  to: string
  mark: Mark
}
export function runsOf(months: readonly string[], marks: readonly (Mark | null)[]): Run[] {
  const runs: Run[] = []
  for (const [at, month] of months.entries()) {
    const mark = marks[at] ?? null
    const last = runs.at(-1)
    if (mark === null) continue
    if (last?.mark === mark && last.to === months[at - 1]) last.to = month
    else runs.push({ from: month, to: month, mark })
  }
  return runs
}

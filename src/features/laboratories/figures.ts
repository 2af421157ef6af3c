import type { Request } from './requests/store.ts'

/** What the figures look at; instants in epoch milliseconds. */
export type Dated = Pick<Request, 'laboratory' | 'openedAt' | 'answeredAt' | 'dueAt' | 'solvedAt' | 'closedAt'>

export interface Figures {
  opened: number
  solved: number
  closed: number
  /** Neither solved nor closed at the end, and for how long: up to 7 days, up to 30, longer. */
  open: number
  ages: { week: number; month: number; longer: number }
  /** First replies that fell due: given within the target, of all. */
  inTime: number
  due: number
}

/** A request as it stood at an instant, whatever was taken back since; opened, answered and due are as they are now. */
export function asOf<R extends Dated & Pick<Request, 'endings'>>(request: R, at: number): R {
  const { solvedAt, closedAt } = request.endings.find(({ reopenedAt }) => reopenedAt >= at) ?? request
  return { ...request, solvedAt, closedAt }
}

const DAY = 24 * 60 * 60 * 1000

/** The figures of a time, from (included) to (excluded), as they stood at its end. */
export function figures(requests: readonly Dated[], from: number, to: number): Figures {
  const within = (at: number | null): boolean => at !== null && at >= from && at < to
  const before = (at: number | null): boolean => at !== null && at < to
  const open = requests.filter(each => each.openedAt < to && !before(each.solvedAt) && !before(each.closedAt))
  const days = open.map(({ openedAt }) => Math.floor((to - openedAt) / DAY))
  const decided = requests.filter(each => within(decidedAt(each)))
  return {
    opened: requests.filter(({ openedAt }) => within(openedAt)).length,
    solved: requests.filter(({ solvedAt }) => within(solvedAt)).length,
    closed: requests.filter(({ closedAt }) => within(closedAt)).length,
    open: open.length,
    ages: {
      week: days.filter(count => count <= 7).length,
      month: days.filter(count => count > 7 && count <= 30).length,
      longer: days.filter(count => count > 30).length,
    },
    inTime: decided.filter(({ answeredAt, dueAt }) => answeredAt !== null && answeredAt <= dueAt).length,
    due: decided.length,
  }
}

/** When it was known whether the first reply came in time: at the reply, or when the time was over without one. */
function decidedAt({ answeredAt, dueAt, closedAt }: Dated): number | null {
  if (answeredAt !== null && answeredAt <= dueAt) return answeredAt
  const withdrawn = closedAt !== null && closedAt <= dueAt
  return withdrawn ? null : dueAt
}

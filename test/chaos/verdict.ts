import type { Asked } from './plan.ts'

/** A message as it stands on a server, in the order in which they came. */
export interface Held {
  /** As in the plan: `place 3`, `person 1`. */
  where: string
  n: number
  version: number
  /** The post at the root of its thread. */
  under?: number
  file: boolean
}
export interface Found {
  held: readonly Held[]
  /** The answers to events, `fan 3`, as often as they stand there. */
  answers: readonly string[]
}
export interface Verdict {
  lost: string[]
  twice: string[]
  outOfOrder: string[]
}

const whereOf = ({ to }: Asked): string => ('place' in to ? `place ${to.place}` : `person ${to.person}`)

/** Compares what the servers hold with what was asked for. */
export function judge(asked: readonly Asked[], events: readonly string[], { held, answers }: Found): Verdict {
  const byNumber = Map.groupBy(held, ({ n }) => n)
  const answered = Map.groupBy(answers, answer => answer)
  return {
    lost: [
      ...asked.filter(one => !byNumber.get(one.n)?.some(each => fits(each, one))).map(one => instead(one, byNumber)),
      ...events.filter(event => !answered.has(event)),
    ],
    twice: [
      ...[...byNumber].flatMap(([n, all]) => all.slice(1).map(() => `n${n}`)),
      ...[...answered].flatMap(([event, all]) => all.slice(1).map(() => event)),
    ],
    outOfOrder: outOfOrder(asked, held),
  }
}

/** In its place, in its thread, with its file, and as it was edited last. */
const fits = (held: Held, one: Asked): boolean =>
  held.where === whereOf(one) && held.under === one.under && held.version === one.version && held.file === one.file

/** What was asked for, and what stands there. */
const instead = (one: Asked, held: ReadonlyMap<number, readonly Held[]>): string =>
  `n${one.n} (asked ${JSON.stringify(one)}, held ${JSON.stringify(held.get(one.n) ?? 'nowhere')})`

/** Each place shows what one transaction asked for in the order in which it did. */
function outOfOrder(asked: readonly Asked[], held: readonly Held[]): string[] {
  const latest = new Map<string, number>()
  return held.flatMap(({ n, where }) => {
    const lane = `${where} of ${asked[n]?.fan}`
    const before = latest.get(lane) ?? -1
    latest.set(lane, Math.max(before, n))
    return n < before ? [`n${n}`] : []
  })
}

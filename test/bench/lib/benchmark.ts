/** One line of the table: ours and its reference, measured in turns in the same run. */
export interface Line {
  what: string
  ours: string
  reference: string
  /** Ours divided by the reference. */
  ratio: number
  target: { atMost: number } | { atLeast: number }
}
export interface Benchmark {
  /** What it is compared with, in a sentence. */
  about: string
  run(): Promise<Line[]>
}

export const met = ({ ratio, target }: Line): boolean =>
  'atMost' in target ? ratio <= target.atMost : ratio >= target.atLeast

/** The value below which this share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Runs both in turns, and the other one first every second time: what disturbs the machine disturbs both. */
export async function inTurns(
  rounds: number,
  ours: () => Promise<void>,
  reference: () => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const each of round % 2 === 0 ? [ours, reference] : [reference, ours]) await each()
  }
}

/** How long it takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export const perSecond = (count: number): string => `${Math.round(count).toLocaleString('en')}/s`
export const milliseconds = (time: number): string => `${time.toFixed(time < 10 ? 2 : 1)} ms`

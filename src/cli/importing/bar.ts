import { SingleBar } from 'cli-progress'

/** How far a long verb has come: drawn on a terminal, and nothing anywhere else. */
export interface Progress {
  step(): void
  end(): void
}

export function progress(total: number): Progress {
  if (!process.stderr.isTTY || total < 2) return { step: () => {}, end: () => {} }
  const bar = new SingleBar({ format: '{bar} {value}/{total}', stream: process.stderr, clearOnComplete: true })
  bar.start(total, 0)
  return { step: () => bar.increment(), end: () => bar.stop() }
}

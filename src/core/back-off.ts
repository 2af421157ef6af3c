/** Milliseconds before the next attempt: doubling from one second to two minutes, with jitter. */
export const backOff = (attempts: number): number =>
  Math.round(Math.min(2 ** (attempts - 1), 120) * 1000 * (0.5 + Math.random() / 2))

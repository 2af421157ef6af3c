/** A number from 0 (included) to 1 (excluded) for the n-th operation of a kind: the same seed throws the same again. */
export type Dice = (kind: string, n: number) => number

export const dice =
  (seed: number): Dice =>
  (kind, n) =>
    mulberry32(hash(`${seed} ${kind} ${n}`))

// FNV-1a.
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (const letter of text) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return sum >>> 0
}

/** The first number of Tommy Ettinger's generator. */
function mulberry32(state: number): number {
  let mixed = (state + 0x6d2b79f5) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

/** One of a list, as the dice fall. */
export function oneOf<T>(list: readonly T[], thrown: number): T {
  const found = list[Math.floor(thrown * list.length)]
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}

/** Which of these happens, if any: each with its share of all cases. */
export function fate<Name extends string>(
  shares: Readonly<Partial<Record<Name, number>>>,
  thrown: number,
): Name | undefined {
  let below = 0
  for (const name in shares) {
    below += shares[name] ?? 0
    if (thrown < below) return name
  }
  return undefined
}

/** The same list in another order. */
export const shuffled = <T>(list: readonly T[], throws: Dice, kind: string): T[] =>
  list
    .map((each, n) => ({ each, at: throws(kind, n) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ each }) => each)

/** The known name that was probably meant, when one is near enough to ask. */
export function nearest(given: string, known: Iterable<string>): string | undefined {
  const wanted = given.toLowerCase()
  const near = [...known]
    .map(name => ({ name, far: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(Math.min(wanted.length, name.length) / 3)))
  return near.toSorted((a, b) => a.far - b.far)[0]?.name
}

/** Letters to add, drop, replace or swap with their neighbour, after Damerau and Levenshtein. */
function distance(one: string, other: string): number {
  let before: number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1]
    for (let at = 1; at <= other.length; at += 1) {
      const replaced = (above[at - 1] ?? 0) + (letter === other[at - 1] ? 0 : 1)
      const swapped = letter === other[at - 2] && one[row - 1] === other[at - 1] ? (before[at - 2] ?? 0) + 1 : replaced
      line.push(Math.min(replaced, swapped, (above[at] ?? 0) + 1, (line[at - 1] ?? 0) + 1))
    }
    before = above
    above = line
  }
  return above[other.length] ?? 0
}

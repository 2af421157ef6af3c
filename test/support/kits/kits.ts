import { readFileSync } from 'node:fs'
import type { Kit } from '#src/kit/format.ts'
import { type KitProblem, readKit } from '#src/kit/read.ts'

export const twoCommunities = readFileSync(new URL('./two-communities.yaml', import.meta.url), 'utf8')

/** A kit in which some words are written otherwise; each has to stand there once. */
export const rewritten = (text: string, ...changes: [string, string][]): string =>
  changes.reduce((all, [from, to]) => {
    if (all.split(from).length !== 2) throw new Error(`"${from}" stands ${all.split(from).length - 1} times`)
    return all.replace(from, () => to)
  }, text)

export function kitIn(text: string): Kit {
  const read = readKit(text)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.kit
}
export function problemsIn(text: string, options: { jobs?: string[] } = {}): KitProblem[] {
  const read = readKit(text, options)
  return read.ok ? [] : read.problems
}
/** The line of the file, counted from 1, at which some words stand. */
export const lineOf = (text: string, words: string): number => text.slice(0, text.indexOf(words)).split('\n').length

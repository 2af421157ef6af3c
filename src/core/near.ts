import { afterWords, phrasesOf } from './commands.ts'
import { fold } from './fold.ts'
import { nearest } from './nearest.ts'
import type { Registry } from './registry.ts'

/** A command that was almost written, and what followed it. */
export interface Near {
  command: string
  written: string
  rest: string
}

/** Longer than this it is something to say, and not a command with a letter out of place. */
const MOST = 40
const WORDS = 4

/** Finds the command, among those a person may use, that a short text almost begins with; the longest phrase first. */
export function nearly(
  { commands }: Registry,
  inEveryLanguage: (key: string) => string[],
): (text: string, may: (command: string) => boolean) => Near | undefined {
  const phrases = [...commands.keys()].flatMap(id =>
    phrasesOf(id, inEveryLanguage).map(phrase => ({ id, ...phrase, count: phrase.folded.split(' ').length })),
  )
  const counts = [...new Set(phrases.map(({ count }) => count))].toSorted((a, b) => b - a)
  return (text, may) => {
    const words = fold(text.slice(0, MOST + 1)).split(' ')
    if (text.trim().length > MOST || words.length > WORDS) return undefined
    for (const count of counts.filter(each => each <= words.length)) {
      const known = phrases.filter(each => each.count === count && may(each.id))
      const almost = nearest(
        words.slice(0, count).join(' '),
        known.map(({ folded }) => folded),
      )
      const found = known.find(({ folded }) => folded === almost)
      if (found) return { command: found.id, written: found.written, rest: afterWords(text, count) }
    }
    return undefined
  }
}

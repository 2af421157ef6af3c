import type { Check, Finding } from './lib/check.ts'
import { type Text, texts } from './lib/locales.ts'

const LEAST = 60
const WORDS_THAT_COUNT = 20

/** What is read aloud: without Markdown's marks, and with six letters for each value put in. */
const spoken = (text: string): string =>
  text
    .replace(/\{\{[^}]*\}\}/g, 'valore')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`~#>]/g, ' ')

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0

/** The Gulpease index of an Italian text: 0 is unreadable, 100 is easy. */
export function gulpease(text: string): { score: number; words: number } {
  const plain = spoken(text)
  const words = count(plain, /[\p{L}\p{N}]\S*/gu)
  const sentences = Math.max(1, count(plain, /[.!?…]+(?=["»”’)\s]|$)/gu))
  return { score: 89 + (300 * sentences - 10 * count(plain, /[\p{L}\p{N}]/gu)) / words, words }
}

export function hardToRead({ key, text, file, line }: Text): Finding[] {
  const { score, words } = gulpease(text)
  const message = `${key} scores ${score.toFixed(0)} on Gulpease, ${LEAST} at least: shorter sentences, shorter words`
  return words > WORDS_THAT_COUNT && score < LEAST ? [{ file, line, what: key, message }] : []
}

export const check: Check = {
  name: 'readability',
  run: () =>
    texts()
      .filter(({ language }) => language === 'it')
      .flatMap(hardToRead),
}

/** Where a keyboard has no capital with an accent, an apostrophe stands for it: `COMUNITA'`, `perche'`. */
const FOR_ACCENT = /(?<=[aeiou])['’‘`](?=[\s?!.,:;)»"]|$)/gu

/** Lower case, no accents, single spaces: how names are compared and found. */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(FOR_ACCENT, '').replace(/\s+/gu, ' ').trim()

/** A word counts by so many of its first letters: no index takes one that is longer than a page. */
const LONGEST_WORD = 60

/** The words of a text: letters and digits, folded. */
export const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map(word => (word.length > LONGEST_WORD ? [...word].slice(0, LONGEST_WORD).join('') : word))

/** The same as a search keeps them: with a space between two. */
export const spelled = (text: string): string => wordsOf(text).join(' ')

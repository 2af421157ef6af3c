import type { Tx } from '#src/core/feature.ts'
import { fold, wordsOf } from '#src/core/fold.ts'
import { nearest } from '#src/core/nearest.ts'
import { numbersWith } from '#src/storage/search.ts'
import { type Searched, wordsIn } from '../../rules.ts'
import { practicesNumbered } from './store.ts'

/** So many words are looked at, each in so many practices. */
const WORDS = 6
const COMPARED = 100
/** So many letters at the beginning have to be right: an index knows beginnings only. The more are, the fewer practices hold them. */
const RIGHT = 3
const RIGHT_AT_BEST = 8

/**
 * What was perhaps meant by words that find nothing: each that no practice holds gives way to the nearest that begins like it, or
 * is left out. Undefined when that leaves nothing, or what was typed. Written as the practices write it.
 */
export async function nearWords(tx: Tx, typed: string): Promise<string | undefined> {
  const words = wordsIn(typed).slice(0, WORDS)
  const near = []
  for (const word of words) near.push((await holds(tx, word)) ? word : await nearWord(tx, word))
  const meant = near.filter(word => word !== undefined)
  // What begins with two letters is no answer to somebody who wrote more.
  const says = meant.some(word => [...word].length >= RIGHT)
  return says && near.some((word, at) => word !== words[at]) ? meant.join(' ') : undefined
}

const holds = async (tx: Tx, word: string): Promise<boolean> =>
  (await numbersWith(tx, 'practice_search', 'every', [word], 1)).length > 0

async function nearWord(tx: Tx, word: string): Promise<string | undefined> {
  const letters = [...word]
  const half = Math.min(RIGHT_AT_BEST, Math.floor(letters.length / 2))
  for (let right = Math.max(RIGHT, half); right >= RIGHT; right -= 1) {
    const found = await nearestOf(tx, word, letters.slice(0, right).join(''))
    if (found) return found
  }
  return undefined
}

async function nearestOf(tx: Tx, word: string, letters: string): Promise<string | undefined> {
  const numbers = await numbersWith(tx, 'practice_search', 'every', [letters], COMPARED)
  const rows = await practicesNumbered(tx, numbers)
  const beginning = ({ folded, providerName }: Searched): string[] =>
    [...folded.split(' '), ...wordsOf(providerName)].filter(each => each.startsWith(letters))
  const found = nearest(word, new Set(rows.flatMap(beginning)))
  const holder = rows.find(row => found !== undefined && beginning(row).includes(found))
  return holder && (asWritten(holder, found) ?? found)
}

const asWritten = (row: Searched, word: string | undefined): string | undefined =>
  `${row.title}\n${row.providerName}\n${row.summary}\n${row.description}`
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .find(each => fold(each) === word)

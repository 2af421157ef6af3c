import { eq, getTableColumns, inArray } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { organizations } from '#src/storage/schema.ts'
import { numbersWith } from '#src/storage/search.ts'
import { ranked, type Searched, wordsIn } from '../../rules.ts'
import { practices } from '../../schema.ts'

/** So many of what a search finds are shown: whoever has found more adds a word. */
export const MOST_FOUND = 100

export interface Found {
  /** Best first, at most `MOST_FOUND`. */
  practices: Searched[]
  /** Whether there are others. */
  more: boolean
}

/**
 * Published practices that hold, with the name of their provider, one that begins with each word that was typed. Where there are more than can be
 * shown, those with all of them in the title come first, then the older number.
 */
export async function findPractices(tx: Tx, typed: string): Promise<Found> {
  const words = wordsIn(typed)
  if (words.length === 0) return { practices: [], more: false }
  const numbers = await bestNumbers(tx, words)
  const found = await practicesNumbered(tx, numbers.slice(0, MOST_FOUND))
  return { practices: ranked(found, words), more: numbers.length > MOST_FOUND }
}

/** One more than can be shown, where there are more. Titles are among what is anywhere: they are asked for where not all can be shown. */
async function bestNumbers(tx: Tx, words: readonly string[]): Promise<number[]> {
  const anywhere = await numbersWith(tx, 'practice_search', 'every', words, MOST_FOUND + 1)
  if (anywhere.length <= MOST_FOUND) return anywhere
  const titled = await numbersWith(tx, 'practice_search', 'title', words, MOST_FOUND + 1)
  return [...new Set([...titled, ...anywhere])]
}

export const practicesNumbered = (tx: Tx, numbers: readonly number[]): Promise<Searched[]> =>
  queries(tx)
    .select({ ...getTableColumns(practices), providerName: organizations.name })
    .from(practices)
    .innerJoin(organizations, eq(organizations.id, practices.provider))
    .where(inArray(practices.number, [...numbers]))

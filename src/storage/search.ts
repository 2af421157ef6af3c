// Where words stand, asked of an index that the engine keeps: FTS5 on SQLite, GIN over tsvector on PostgreSQL. Both are given words
// that are folded and taken apart already, so both find the same. Triggers fill the index, whoever writes the rows it is about.
import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from './database.ts'
import { engine } from './engine.ts'

type Search = 'practice_search'

/** The words stand in the title; or anywhere, title included. */
export type Where = 'title' | 'every'

/** Of so many rows, by their numbers, PostgreSQL reads the words themselves before it asks its index; of more, where these promise enough. */
const EARLY = [1000, 10_000]

/**
 * The numbers of what holds, for each of these words, one that begins with it; the smallest `most` numbers, in order. The words are
 * letters and digits, folded; there is at least one.
 */
export async function numbersWith(
  tx: Tx,
  search: Search,
  where: Where,
  words: readonly string[],
  most: number,
): Promise<number[]> {
  const index = sql.identifier(search)
  const numbers = async (rows: SQL): Promise<number[]> => {
    const number = sql<number>`number`.mapWith(Number)
    const found = await queries(tx).select({ number }).from(sql`(${rows} order by number limit ${most}) as found`)
    return found.map(row => row.number)
  }
  if (engine() === 'sqlite') {
    const all = `${where} : (${words.map(word => `"${word}"*`).join(' AND ')})`
    return numbers(sql`select rowid as number from ${index} where ${index} match ${all}`)
  }
  const held = holding(sql`${sql.identifier(where)}`, words)
  // A word that many hold is met soon; of one that few hold, the index knows all places.
  for (const rows of EARLY) {
    const early = await numbers(
      sql`select number from (select * from ${index} order by number limit ${rows}) as first where ${held}`,
    )
    if (early.length === most) return early
    if (early.length < most / 10) break
  }
  // Found before it is put in order: the planner would rather go through all numbers, and hope to meet what it looks for.
  return numbers(
    sql`with holding as materialized (select number from ${index} where ${held}) select number from holding`,
  )
}

/** Half of all words may begin with one or two letters: PostgreSQL reads them in the rows that the other words have found. */
const SHORT = 2

function holding(column: SQL, words: readonly string[]): SQL {
  const isShort = (word: string): boolean => [...word].length <= SHORT
  const [short, long] = [words.filter(isShort), words.filter(word => !isShort(word))]
  if (long.length === 0) return holds(column, words)
  // What is put together here is in no index.
  return short.length === 0
    ? holds(column, long)
    : sql`${holds(column, long)} and ${holds(sql`(${column} || '')`, short)}`
}

const holds = (column: SQL, words: readonly string[]): SQL =>
  sql`${column} @@ ${words.map(word => `'${word}':*`).join(' & ')}::tsquery`

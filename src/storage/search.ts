// Where words stand, asked of an index that the engine keeps: FTS5 on SQLite, GIN over tsvector on PostgreSQL. Both are given words
// that are folded and taken apart already, so both find the same. Triggers fill the index, whoever writes the rows it is about.
import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from './database.ts'
import { engine } from './engine.ts'

/** The tables that are such an index. Nobody reads or copies their rows: they come with the rows that they are about. */
const searches = ['practice_search'] as const
type Search = (typeof searches)[number]
/** Whether a table is an index of words, or a part of one. */
export const isSearch = (table: string): boolean =>
  searches.some(name => table === name || table.startsWith(`${name}_`))

/** The words stand in the title; or anywhere, title included. */
export type Where = 'title' | 'every'

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
  const found = await queries(tx)
    .select({ number: sql<number>`number`.mapWith(Number) })
    .from(sql`(${holding(search, where, words)} order by number limit ${most}) as found`)
  return found.map(({ number }) => number)
}

/** How many hold them. */
export async function countWith(tx: Tx, search: Search, where: Where, words: readonly string[]): Promise<number> {
  const [row] = await queries(tx)
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`(${holding(search, where, words)}) as found`)
  return row?.count ?? 0
}

const holding = (search: Search, where: Where, words: readonly string[]): SQL =>
  engine() === 'postgres' ? onPostgres(search, where, words) : onSqlite(search, where, words)

function onSqlite(search: Search, where: Where, words: readonly string[]): SQL {
  const all = words.map(word => `"${word}"*`).join(' AND ')
  return sql`select rowid as number from ${sql.identifier(search)} where ${sql.identifier(search)} match ${`${where} : (${all})`}`
}

/** Found before it is put in order: the planner would rather go through all numbers, and hope to meet what it looks for soon. */
function onPostgres(search: Search, where: Where, words: readonly string[]): SQL {
  const all = words.map(word => `'${word}':*`).join(' & ')
  return sql`with holding as materialized
    (select number from ${sql.identifier(search)} where ${sql.identifier(where)} @@ ${all}::tsquery)
    select number from holding`
}

// What the two engines would read differently, said so that they do not.
import { type Column, type SQL, sql } from 'drizzle-orm'

/** The latest first, and what has no instant after all others: by themselves, the engines put it at opposite ends. */
export const latestFirst = (instant: Column): SQL => sql`${instant} desc nulls last`

/** Rows in which a text holds a word, taken letter by letter. Both have to be folded: only one engine would overlook case. */
export function holds(text: Column, word: string): SQL {
  const literal = word.replaceAll('\0', '').replace(/[!%_]/g, '!$&')
  return sql`${text} like ${`%${literal}%`} escape '!'`
}

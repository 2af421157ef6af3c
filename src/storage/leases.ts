import { and, eq, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from './database.ts'
import { engine } from './engine.ts'
import { leases } from './schema.ts'

/** Now, in epoch milliseconds, by the clock of the database: the only one that all processes share. */
export const databaseNow: SQL<number> =
  engine() === 'postgres'
    ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
    : sql<number>`cast(unixepoch('subsec') * 1000 as integer)`

/**
 * Takes those of `names` that nobody else holds, or holds any more, for so many milliseconds; what is held already is held
 * longer. Returns the names that are the owner's now.
 */
export async function takeLeases(tx: Tx, names: readonly string[], owner: string, ttl: number): Promise<Set<string>> {
  if (names.length === 0) return new Set()
  const until = sql<number>`${databaseNow} + ${ttl}`
  const taken = await queries(tx)
    .insert(leases)
    // In one order: two processes that take several must not wait for each other.
    .values([...names].sort().map(name => ({ name, owner, until })))
    .onConflictDoUpdate({
      target: leases.name,
      set: { owner, until },
      setWhere: sql`${eq(leases.owner, owner)} or ${lte(leases.until, databaseNow)}`,
    })
    .returning({ name: leases.name })
  return new Set(taken.map(({ name }) => name))
}

/** Gives back what the owner holds, all of it without `names`. */
export async function dropLeases(tx: Tx, owner: string, names?: readonly string[]): Promise<void> {
  if (names?.length === 0) return
  await queries(tx)
    .delete(leases)
    .where(and(eq(leases.owner, owner), names && inArray(leases.name, [...names])))
}

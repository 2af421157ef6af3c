import { sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { type Queries, queries } from './database.ts'

/**
 * A query that every interaction makes: built once for each connection, then run with the values that it names by `given`. To
 * build it anew takes ten times as long as to run it.
 */
export function prepared<P>(build: (on: Queries) => { prepare(): P }): (tx: Tx) => P {
  const built = new WeakMap<Tx, P>()
  return tx => {
    const known = built.get(tx) ?? build(queries(tx)).prepare()
    built.set(tx, known)
    return known
  }
}

/** A value that comes when a prepared query is run; null is none for a json column. */
export const given = <Name extends string>(name: Name) => sql.placeholder(name)

// Each table is written once and built in the process's dialect; queries are typed as SQLite's, whatever runs below.
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { engine } from './engine.ts'

const onSqlite = {
  /** A UUIDv7, or a short name given by the community kit. */
  id: () => sqlite.text().primaryKey(),
  text: () => sqlite.text(),
  integer: () => sqlite.integer({ mode: 'number' }),
  real: () => sqlite.real(),
  boolean: () => sqlite.integer({ mode: 'boolean' }),
  json: <T>() => sqlite.text({ mode: 'json' }).$type<T>(),
  /** Epoch milliseconds. */
  instant: () => sqlite.integer({ mode: 'number' }),
  blob: () => sqlite.blob({ mode: 'buffer' }),
}

/** By bytes, as SQLite compares: the order of rows must not depend on where a database was made. */
const text = pg.customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })
const bytes = pg.customType<{ data: Buffer }>({ dataType: () => 'bytea' })
/** Not jsonb: that one puts the keys in an order of its own, and refuses a NUL. The connection has read what comes back. */
const json = pg.customType<{ data: unknown }>({ dataType: () => 'json', toDriver: value => JSON.stringify(value) })

const onPostgres = {
  id: () => text().primaryKey(),
  text: () => text(),
  integer: () => pg.bigint({ mode: 'number' }),
  real: () => pg.doublePrecision(),
  boolean: () => pg.boolean(),
  json: () => json(),
  instant: () => pg.bigint({ mode: 'number' }),
  blob: () => bytes(),
}

const dialects = {
  sqlite: { column: onSqlite, table: sqlite.sqliteTable, index: sqlite.index, uniqueIndex: sqlite.uniqueIndex },
  postgres: { column: onPostgres, table: pg.pgTable, index: pg.index, uniqueIndex: pg.uniqueIndex },
}
export const { column, table, index, uniqueIndex } = dialects[engine()] as unknown as (typeof dialects)['sqlite']

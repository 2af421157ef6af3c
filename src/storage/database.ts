import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type { Tx } from '#src/core/feature.ts'
import type { Manner } from '#src/core/ports.ts'
import { type Engine, engine, engineOf, pathIn } from './engine.ts'

/** Only what both engines have: `.get`, `.all`, `.run` and `.values` do not exist on the other one's builders. */
export type Queries = Pick<
  BaseSQLiteDatabase<'async', unknown>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$count'
>
/** The queries of an open transaction. */
export const queries = (tx: Tx): Queries => tx as unknown as Queries

export interface Store {
  readonly engine: Engine
  /** The file or the URL, for those who copy or inspect it. */
  readonly address: string
  /**
   * Durable when it returns, and as if nobody else were writing meanwhile: one at a time in this process, and run again
   * when it loses against another. A nested call is an error.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, manner?: Manner<T>): Promise<T>
  /** Reads outside any transaction, on a connection that cannot write. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Another value than before once anybody has written, another process of several a second later; cheap to ask. */
  version(): unknown
  close(): Promise<void>
}
export interface StoreOptions {
  /** Called after every commit that may have changed something: tests make the process die here. */
  wrote?: () => void
  /** How an SQLite file is put on its disk: tests make it wait here. */
  synchronize?: (file: number) => Promise<void>
  /** How long a database that is locked or out of reach is waited for, in milliseconds. */
  patience?: number
}
/** One moment of a database, to be read whole. */
export type Snapshot = Pick<Store, 'read' | 'close'>

/** Opens a database by its address, with all migrations applied; a file is made when it is missing. */
export async function openStore(address: string, options: StoreOptions = {}): Promise<Store> {
  return spoken(address) === 'postgres'
    ? (await import('./postgres.ts')).openPostgres(address, options)
    : (await import('./sqlite.ts')).openSqlite(pathIn(address), options)
}

/** Nothing is made, migrated or changed. Throws `UnusableDatabase` when it was written by a newer version. */
export async function openReadOnly(address: string): Promise<Snapshot> {
  return spoken(address) === 'postgres'
    ? (await import('./postgres.ts')).snapshotOfPostgres(address)
    : (await import('./sqlite.ts')).snapshotOfSqlite(pathIn(address))
}

function spoken(address: string): Engine {
  const asked = engineOf(address)
  if (asked !== engine()) throw new Error(`${asked} is asked for, and the tables of this process are for ${engine()}`)
  return asked
}

/** What a query can be told on PostgreSQL only. */
interface Lockable {
  for(strength: 'update', how: { skipLocked: true }): unknown
}
/**
 * Rows that somebody else is taking are passed over instead of waited for. On SQLite nobody else is: a transaction there is
 * alone. For a plain `select` from one table, inside a transaction that takes the rows it finds.
 */
export const skipLocked = <Query>(query: Query): Query =>
  engine() === 'postgres' ? ((query as Lockable).for('update', { skipLocked: true }) as Query) : query

import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type { Tx } from '#src/core/feature.ts'
import { isNewer, migrate } from './migrations.ts'
import { rememberStatements } from './statements.ts'
import { UnusableDatabase } from './unusable.ts'

/** Only what both engines have: `.get`, `.all`, `.run` and `.values` do not exist on the other one's builders. */
export type Queries = Pick<
  BaseSQLiteDatabase<'async', unknown>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$count'
>
/** The queries of an open transaction. */
export const queries = (tx: Tx): Queries => tx as unknown as Queries

export interface Store {
  /** The file, for those who copy or inspect it. */
  readonly file: string
  /** One transaction at a time, durable when it returns. A nested call is an error. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Reads outside any transaction, on a connection that cannot write. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Another value than before once anybody has written, this process or another; cheap to ask. */
  version(): unknown
  close(): Promise<void>
}
export interface StoreOptions {
  /** Called after every commit that changed something: tests make the process die here. */
  committed?: () => void
  /** How long a database locked by somebody else is waited for, in milliseconds. */
  patience?: number
}

const inside = new AsyncLocalStorage<true>()
const alone = (): void => {
  if (inside.getStore()) throw new Error('a second connection inside a transaction')
}

/** Opens an SQLite file, made when missing, with all migrations applied. */
export async function openStore(file: string, options: StoreOptions = {}): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const writer = connect(file)
  try {
    await insist(() => migrate(writer), options.patience)
  } catch (error) {
    writer.close()
    throw error
  }
  const reader = connect(file)
  reader.pragma('query_only = ON')
  return storeOn(file, writer, reader, options)
}

/** One moment of a database, to be read whole: nothing is made, migrated or changed. */
export function openReadOnly(file: string): Pick<Store, 'read' | 'close'> {
  const connection = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 })
  if (isNewer(connection)) throw new UnusableDatabase('written by a newer version')
  connection.exec('BEGIN')
  const reads = drizzle(connection) as unknown as Tx
  return { read: work => work(reads), close: async () => void connection.close() }
}

function connect(file: string): Database.Database {
  const connection = new Database(file, { timeout: 0 })
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  // What is deleted is overwritten: words somebody took back must not stay behind in free pages of the file.
  connection.pragma('secure_delete = ON')
  rememberStatements(connection)
  return connection
}

function storeOn(file: string, writer: Database.Database, reader: Database.Database, options: StoreOptions): Store {
  const writes = drizzle(writer) as unknown as Tx
  const reads = drizzle(reader) as unknown as Tx
  const counted = writer.prepare('SELECT total_changes()').pluck()
  const version = reader.prepare('PRAGMA data_version').pluck()
  const inTurn = turns()
  const changes = (): unknown => options.committed && counted.get()
  const transact = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    await insist(() => writer.exec('BEGIN IMMEDIATE'), options.patience)
    const before = changes()
    try {
      const result = await work(writes)
      writer.exec('COMMIT')
      return result
    } finally {
      if (writer.inTransaction) writer.exec('ROLLBACK')
      else if (changes() !== before) options.committed?.()
    }
  }
  return {
    file,
    transaction: work => {
      alone()
      return inTurn(() => inside.run(true, () => transact(work)))
    },
    read: work => {
      alone()
      return work(reads)
    },
    version: () => version.get(),
    close: () =>
      inTurn(async () => {
        reader.close()
        writer.close()
      }),
  }
}

function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let turn: Promise<unknown> = Promise.resolve()
  return work => {
    const mine = turn.then(work)
    turn = mine.catch(() => {}) // whoever waits behind it has her own errors
    return mine
  }
}

// A lock is waited for here and not in SQLite, whose own waiting would stop every timer and every acknowledgement.
async function insist<T>(attempt: () => T, patience = 30_000): Promise<T> {
  const deadline = performance.now() + patience
  for (let pause = 5; ; pause = Math.min(pause * 2, 200)) {
    try {
      return attempt()
    } catch (error) {
      if (!isLocked(error) || performance.now() > deadline) throw error
      await wait(pause * (0.5 + Math.random() / 2))
    }
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

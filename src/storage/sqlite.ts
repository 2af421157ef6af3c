import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Tx } from '#src/core/feature.ts'
import type { Snapshot, Store, StoreOptions } from './database.ts'
import { type Disk, openDisk } from './disk.ts'
import { isNewer, migrate } from './migrations.ts'
import { rememberStatements } from './statements.ts'
import { alone, insist, turns, within } from './turns.ts'
import { UnusableDatabase } from './unusable.ts'

/** Opens an SQLite file, made when missing, with all migrations applied. */
export async function openSqlite(file: string, options: StoreOptions = {}): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const writer = connect(file)
  try {
    await insist(() => migrate(writer), isLocked, options.patience)
  } catch (error) {
    writer.close()
    throw error
  }
  const reader = connect(file)
  reader.pragma('query_only = ON')
  return storeOn(file, writer, reader, options)
}

/** One moment of a file, on a connection that can only read. */
export function snapshotOfSqlite(file: string): Snapshot {
  const connection = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 })
  if (isNewer(connection)) throw new UnusableDatabase('written by a newer version')
  connection.exec('BEGIN')
  const reads = drizzle(connection) as unknown as Tx
  return { read: work => work(reads), close: async () => void connection.close() }
}

function connect(file: string): Database.Database {
  const connection = new Database(file, { timeout: 0 })
  connection.pragma('journal_mode = WAL')
  // A commit is in the file, and outlives this process. Whoever waits for it also waits for the disk: see `Disk`.
  connection.pragma('synchronous = NORMAL')
  connection.pragma('foreign_keys = ON')
  // What is deleted is overwritten: words somebody took back must not stay behind in free pages of the file.
  connection.pragma('secure_delete = ON')
  rememberStatements(connection)
  return connection
}

function storeOn(file: string, writer: Database.Database, reader: Database.Database, options: StoreOptions): Store {
  const reads = drizzle(reader) as unknown as Tx
  const version = reader.prepare('PRAGMA data_version').pluck()
  const inTurn = turns()
  const disk = openDisk(file, options)
  const transact = transacting(writer, disk, options)
  return {
    engine: 'sqlite',
    address: file,
    transaction: async (work, { urgent, committed } = {}) => {
      alone()
      const result = await inTurn(() => within(() => transact(work)), urgent)
      committed?.(result)
      // Also of what it has only read.
      await disk.kept()
      return result
    },
    read: work => {
      alone()
      return work(reads)
    },
    version: () => version.get(),
    close: () =>
      inTurn(async () => {
        await disk.close()
        reader.close()
        writer.close()
      }),
  }
}

/** One transaction, committed to the file; what it wrote is on its way to the disk. */
function transacting(writer: Database.Database, disk: Disk, { wrote, patience }: StoreOptions) {
  const writes = drizzle(writer) as unknown as Tx
  const counted = writer.prepare('SELECT total_changes()').pluck()
  return async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    // Waited for here and not in SQLite, whose own waiting would stop every timer and every acknowledgement.
    await insist(() => writer.exec('BEGIN IMMEDIATE'), isLocked, patience)
    const before = counted.get()
    try {
      const result = await work(writes)
      writer.exec('COMMIT')
      return result
    } finally {
      if (writer.inTransaction) writer.exec('ROLLBACK')
      else if (counted.get() !== before) {
        disk.wrote()
        wrote?.()
      }
    }
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { isDatabase } from './content.ts'
import { isNewer, lacking } from './migrations.ts'

/** What a database file looks like from outside; instants in epoch milliseconds. */
export type Inspection =
  | { state: 'missing' | 'not-a-database' | 'busy' | 'newer' }
  | { state: 'damaged'; problem: string }
  | { state: 'empty' }
  | {
      state: 'sound'
      /** Migrations that the next start will apply. */
      lacking: number
      /** Whether a kit was ever applied. */
      described: boolean
      /** The last thing that was done, by the clock of then. */
      latest: number
      outbox: { dead: number; waiting: number; oldest: number | null }
    }

/** Looks without touching: nothing is made, migrated or changed. */
export function inspectDatabase(file: string): Inspection {
  if (!existsSync(file)) return { state: 'missing' }
  if (!isDatabase(file)) return { state: 'not-a-database' }
  let connection: Database.Database | undefined
  try {
    connection = new Database(file, { readonly: true, timeout: 2000 })
    return looked(connection)
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    return error.code.startsWith('SQLITE_BUSY') ? { state: 'busy' } : { state: 'damaged', problem: error.code }
  } finally {
    connection?.close()
  }
}

function looked(connection: Database.Database): Inspection {
  const sound = String(connection.pragma('integrity_check(1)', { simple: true }))
  if (sound !== 'ok') return { state: 'damaged', problem: sound }
  const strays = connection.prepare('SELECT "table" FROM pragma_foreign_key_check LIMIT 1').pluck().get()
  if (strays !== undefined) return { state: 'damaged', problem: String(strays) }
  const hasTables = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").get()
  if (!hasTables) return { state: 'empty' }
  if (isNewer(connection)) return { state: 'newer' }
  const sql = (text: string): number => Number(connection.prepare(text).pluck().get() ?? 0)
  const oldest = connection.prepare("SELECT min(dueAt) FROM outbox WHERE status IN ('waiting', 'sending')").pluck()
  return {
    state: 'sound',
    lacking: lacking(connection),
    described: sql("SELECT count(*) FROM settings WHERE name = 'programme'") > 0,
    latest: Math.max(sql('SELECT max(at) FROM events'), sql('SELECT max(sentAt) FROM outbox')),
    outbox: {
      dead: sql("SELECT count(*) FROM outbox WHERE status = 'dead'"),
      waiting: sql("SELECT count(*) FROM outbox WHERE status IN ('waiting', 'sending')"),
      oldest: Number(oldest.get()) || null,
    },
  }
}

import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { isDatabase } from './content.ts'
import { engineOf, pathIn } from './engine.ts'
import { codeOf, isShut } from './failures.ts'
import { isNewer, lacking } from './migrations.ts'
import * as server from './migrations-postgres.ts'
import { openWire, type Wire } from './wire.ts'

/** What a database looks like from outside; instants in epoch milliseconds. */
export type Inspection =
  | { state: 'missing' | 'unreadable' | 'not-a-database' | 'busy' | 'newer' | 'empty' }
  /** `problem` is the engine's own code for it. */
  | { state: 'damaged' | 'unreachable' | 'refused'; problem: string }
  /** A server on which the bot may not make its tables, or that keeps text in anything but UTF-8. */
  | { state: 'not-allowed' | 'not-unicode' }
  | Sound
export interface Sound {
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
export const inspectDatabase = async (address: string): Promise<Inspection> =>
  engineOf(address) === 'postgres' ? inspectServer(address) : inspectFile(pathIn(address))

async function inspectFile(file: string): Promise<Inspection> {
  if (!existsSync(file)) return { state: 'missing' }
  let connection: Database.Database | undefined
  try {
    if (!isDatabase(file)) return { state: 'not-a-database' }
    connection = new Database(file, { readonly: true, timeout: 2000 })
    return await looked(connection)
  } catch (error) {
    const problem = codeOf(error)
    if (problem === undefined) throw error
    if (problem.startsWith('SQLITE_BUSY')) return { state: 'busy' }
    return /^E(ACCES|PERM)$/.test(problem) ? { state: 'unreadable' } : { state: 'damaged', problem }
  } finally {
    connection?.close()
  }
}

async function looked(connection: Database.Database): Promise<Inspection> {
  const sound = String(connection.pragma('integrity_check(1)', { simple: true }))
  if (sound !== 'ok') return { state: 'damaged', problem: sound }
  const strays = connection.prepare('SELECT "table" FROM pragma_foreign_key_check LIMIT 1').pluck().get()
  if (strays !== undefined) return { state: 'damaged', problem: String(strays) }
  const hasTables = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").get()
  if (!hasTables) return { state: 'empty' }
  if (isNewer(connection)) return { state: 'newer' }
  return soundly(lacking(connection), async text => connection.prepare(text).pluck().get())
}

async function inspectServer(url: string): Promise<Inspection> {
  let wire: Wire
  try {
    wire = await openWire(url, { default_transaction_read_only: true })
  } catch (error) {
    return { state: isShut(error) ? 'refused' : 'unreachable', problem: codeOf(error) ?? '' }
  }
  try {
    return await lookedAt(wire)
  } finally {
    await wire.close()
  }
}

async function lookedAt(wire: Wire): Promise<Inspection> {
  const [about] = await wire.exec(`SELECT current_setting('server_encoding') = 'UTF8' AS unicode,
    has_database_privilege(current_database(), 'CREATE') AND has_schema_privilege(current_schema(), 'CREATE') AS makes,
    to_regclass('outbox') IS NOT NULL AS filled`)
  if (!about?.unicode) return { state: 'not-unicode' }
  const missing = await server.lacking(wire)
  if (!about.makes && missing > 0) return { state: 'not-allowed' }
  if (!about.filled) return { state: 'empty' }
  if (await server.isNewer(wire)) return { state: 'newer' }
  return soundly(missing, async text => Object.values((await wire.exec(text))[0] ?? {})[0])
}

/** What both engines answer in the same words. */
async function soundly(missing: number, ask: (text: string) => Promise<unknown>): Promise<Sound> {
  const exec = async (text: string): Promise<number> => Number((await ask(text)) ?? 0)
  const dead = await exec("SELECT count(*) FROM outbox WHERE status = 'dead'")
  const waiting = await exec("SELECT count(*) FROM outbox WHERE status IN ('waiting', 'sending')")
  const oldest = await exec(`SELECT min("dueAt") FROM outbox WHERE status IN ('waiting', 'sending')`)
  const described = (await exec("SELECT count(*) FROM settings WHERE name = 'programme'")) > 0
  const latest = Math.max(await exec('SELECT max(at) FROM events'), await exec('SELECT max("sentAt") FROM outbox'))
  return { state: 'sound', lacking: missing, described, latest, outbox: { dead, waiting, oldest: oldest || null } }
}

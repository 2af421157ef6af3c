import { createHash, type Hash } from 'node:crypto'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { isDerived } from './derived.ts'

const MAGIC = 'SQLite format 3\0'
const APPLICATION_ID = 68
/** What a backup carries there: "ANIM". */
export const BACKUP_ID = 0x414e494d

/** The first bytes of a file, which say whether it is an SQLite database, and whose. */
function headerOf(file: string): Buffer {
  const header = Buffer.alloc(100)
  const opened = openSync(file, 'r')
  try {
    readSync(opened, header, 0, header.length, 0)
  } finally {
    closeSync(opened)
  }
  return header
}
export const isDatabase = (file: string): boolean =>
  statSync(file).isFile() && headerOf(file).toString('latin1', 0, MAGIC.length) === MAGIC
export const isBackup = (file: string): boolean =>
  isDatabase(file) && headerOf(file).readUInt32BE(APPLICATION_ID) === BACKUP_ID

interface Named {
  type: string
  name: string
  sql: string | null
}

/**
 * A fingerprint of the schema and of every row of every table but the backup's own. SQLite's own check sees a broken page and not a changed
 * letter; this sees both.
 */
export function contentOf(connection: Database.Database): string {
  const hash = createHash('sha256')
  const schema = connection
    .prepare<[], Named>("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    .all()
    .filter(({ name }) => !name.startsWith('backup_'))
    .toSorted((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1))
  for (const { type, name, sql } of schema) for (const value of [type, name, sql]) add(hash, value)
  // An index of words has no rows of its own: it follows from those that it is about.
  for (const { name: table } of schema.filter(({ type, name }) => type === 'table' && !isDerived(name))) {
    add(hash, table)
    const rows = connection.prepare<[], unknown[]>(`SELECT * FROM "${table}" ORDER BY rowid`).raw().safeIntegers()
    for (const row of rows.iterate()) for (const value of row) add(hash, value)
  }
  return hash.digest('hex')
}

function add(hash: Hash, value: unknown): void {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value))
  hash.update(`${value === null ? 'null' : typeof value}:${bytes.length}:`).update(bytes)
}

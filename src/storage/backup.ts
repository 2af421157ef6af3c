// A backup is one SQLite file: the bot's database as it stood, and beside it, in tables of its own, every other file of the
// data folder. Any SQLite tool opens it, and it can be told from a database by its application id.
import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { BACKUP_ID, contentOf } from './content.ts'
import { engineOf } from './engine.ts'
import { type Keepsake, keepsakes } from './keepsakes.ts'
import { moveServerToFile } from './move/files.ts'

/** What a reader of backups must know to read this one. */
export const BACKUP_FORMAT = '1'
const PART = 8 * 1024 * 1024
const ALL_PAGES = 0x7fffffff

export interface BackedUp {
  /** How many files besides the database. */
  files: number
  bytes: number
}

/**
 * Copies a database, a file's or a server's, and its data folder while they are in use. Makes the folder of `to` where it is missing, and
 * throws when `to` exists; half a backup is never left behind.
 */
export async function backUp(database: string, folder: string, to: string, now: Temporal.Instant): Promise<BackedUp> {
  const partial = `${to}.partial`
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  // Said here, where it is known which folder it is.
  accessSync(dirname(to), constants.W_OK)
  rmSync(partial, { force: true })
  try {
    if (engineOf(database) === 'postgres') await moveServerToFile(database, partial)
    else await copyDatabase(database, partial)
    chmodSync(partial, 0o600)
    const copy = new Database(partial)
    try {
      const done = await complete(copy, { database, folder, avoid: [to, partial] }, now)
      copy.close()
      if (existsSync(to)) throw new Error(`${to} exists`)
      renameSync(partial, to)
      return done
    } finally {
      copy.close()
    }
  } finally {
    rmSync(partial, { force: true })
    rmSync(`${partial}-journal`, { force: true })
  }
}

/** The pages of a database as of one moment, whoever writes to it meanwhile. */
async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: 5000 })
  try {
    await source.backup(to, { progress: () => ALL_PAGES })
  } finally {
    source.close()
  }
}

interface Sources {
  database: string
  folder: string
  avoid: string[]
}

async function complete(copy: Database.Database, sources: Sources, now: Temporal.Instant): Promise<BackedUp> {
  copy.pragma('journal_mode = DELETE')
  copy.exec(`CREATE TABLE backup_about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE backup_files (path TEXT PRIMARY KEY, mode INTEGER NOT NULL, sha256 TEXT NOT NULL);
    CREATE TABLE backup_parts (path TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (path, part))`)
  const besides = [sources.database, ...sources.avoid].map(file => resolve(file))
  let files = 0
  for await (const each of keepsakes(sources.folder, besides, copyDatabase)) {
    keep(copy, each)
    files += 1
  }
  const about = copy.prepare('INSERT INTO backup_about VALUES (?, ?)')
  about.run('format', BACKUP_FORMAT)
  about.run('made', now.toString())
  about.run('content', contentOf(copy))
  copy.pragma(`application_id = ${BACKUP_ID}`)
  const bytes = copy.prepare('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size').pluck().get()
  return { files, bytes: Number(bytes) }
}

function keep(copy: Database.Database, { path, mode, bytes }: Keepsake): void {
  const hash = createHash('sha256').update(bytes).digest('hex')
  copy.prepare('INSERT INTO backup_files VALUES (?, ?, ?)').run(path, mode, hash)
  const part = copy.prepare('INSERT INTO backup_parts VALUES (?, ?, ?)')
  for (let at = 0; at < bytes.length; at += PART) part.run(path, at / PART, bytes.subarray(at, at + PART))
}

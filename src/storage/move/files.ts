// The files at either end of a move. What is there already is only read; what is made is whole, or not there.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { isDatabase } from '../content.ts'
import { migrate } from '../migrations.ts'
import { type Moved, moveToFile, moveToServer, type NotMoved } from './move.ts'

/** Why nothing was moved; `path` is the file it is about, if it is about one. */
export type Unmoved = NotMoved | { reason: 'missing' | 'not-a-database' | 'file-in-use' | 'exists'; path: string }

/** From a file to an empty server. Nobody else may have the file open, and nobody can open it meanwhile. */
export async function moveFileToServer(file: string, url: string): Promise<Moved | Unmoved> {
  if (!existsSync(file)) return { reason: 'missing', path: file }
  if (!isDatabase(file)) return { reason: 'not-a-database', path: file }
  const source = alone(file)
  if (!source) return { reason: 'file-in-use', path: file }
  try {
    return await withCopy(source, copy => moveToServer(copy, url))
  } finally {
    source.close()
  }
}

/** From a server, as it is at one moment, to a new file. */
export async function moveServerToFile(url: string, file: string): Promise<Moved | Unmoved> {
  if (existsSync(file)) return { reason: 'exists', path: file }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const partial = `${file}.partial`
  rmSync(partial, { force: true })
  try {
    const made = new Database(partial)
    chmodSync(partial, 0o600)
    try {
      migrate(made)
      const moved = await moveToFile(url, made)
      made.close()
      renameSync(partial, file)
      return moved
    } finally {
      made.close()
    }
  } finally {
    for (const rest of ['', '-journal']) rmSync(`${partial}${rest}`, { force: true })
  }
}

/** A connection that has the file for itself; undefined while another has it open. A bot at work always has. */
function alone(file: string): Database.Database | undefined {
  const connection = new Database(file, { timeout: 0 })
  try {
    connection.pragma('locking_mode = EXCLUSIVE')
    connection.pragma('query_only = ON')
    connection.prepare('SELECT count(*) FROM sqlite_master').get()
    return connection
  } catch (error) {
    connection.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined
    throw error
  }
}

/** Works on a copy with all migrations, and leaves no trace of it. */
export async function withCopy<T>(
  source: Database.Database,
  work: (copy: Database.Database) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'animatore-move-'))
  try {
    await source.backup(join(folder, 'copy'))
    const copy = new Database(join(folder, 'copy'))
    try {
      migrate(copy)
      return await work(copy)
    } finally {
      copy.close()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import Database from 'better-sqlite3'
import { BACKUP_FORMAT } from './backup.ts'
import { contentOf, isBackup } from './content.ts'
import { engineOf } from './engine.ts'
import { isNewer } from './migrations.ts'
import { withCopy } from './move/files.ts'
import { moveToServer, whyNotTo } from './move/move.ts'

/** Why nothing was restored; `path` is the file it is about. */
export type NotRestored = { reason: 'not-a-backup' | 'damaged' | 'newer' | 'exists' | 'in-use'; path: string }
export type Restored = { made: Temporal.Instant; files: number }

/**
 * Brings a backup back: the database to `database`, the rest into `folder`. Everything is checked first, nothing that exists
 * is overwritten, and the database comes last: whatever interrupts it, there is no half of one.
 */
export async function restore(backup: string, database: string, folder: string): Promise<Restored | NotRestored> {
  const taken = await occupied(database)
  if (taken) return taken
  if (!isBackup(backup)) return { reason: 'not-a-backup', path: backup }
  const source = new Database(backup, { readonly: true })
  try {
    const wrong = inspect(source)
    if (wrong) return { reason: wrong, path: backup }
    const files = filesIn(source)
    const other = files.find(({ path, sha256 }) => differs(join(folder, path), sha256))
    if (other) return { reason: 'exists', path: join(folder, other.path) }
    for (const file of files) bring(source, file, folder)
    if (engineOf(database) === 'sqlite') bringDatabase(backup, database)
    else await withCopy(source, copy => bringToServer(copy, database))
    return { made: Temporal.Instant.from(aboutIn(source, 'made')), files: files.length }
  } finally {
    source.close()
  }
}

/** What stands where the database is to be: a file, or the rows of a server. */
async function occupied(database: string): Promise<NotRestored | undefined> {
  if (engineOf(database) === 'sqlite') {
    const taken = [database, `${database}-wal`, `${database}-journal`].find(existsSync)
    return taken === undefined ? undefined : { reason: 'exists', path: taken }
  }
  const wrong = await whyNotTo(database)
  return wrong && { reason: wrong.reason === 'in-use' ? 'in-use' : 'exists', path: database }
}

interface Kept {
  path: string
  mode: number
  sha256: string
}

function inspect(source: Database.Database): 'damaged' | 'newer' | undefined {
  try {
    if (source.pragma('integrity_check', { simple: true }) !== 'ok') return 'damaged'
    if (aboutIn(source, 'format') !== BACKUP_FORMAT) return 'newer'
    if (aboutIn(source, 'content') !== contentOf(source)) return 'damaged'
    const sound = ({ path, sha256 }: Kept): boolean => inside(path) && hashOf(bytesIn(source, path)) === sha256
    if (!filesIn(source).every(sound)) return 'damaged'
  } catch (error) {
    if (error instanceof Database.SqliteError) return 'damaged'
    throw error
  }
  return isNewer(source) ? 'newer' : undefined
}

const aboutIn = (source: Database.Database, name: string): string =>
  String(source.prepare('SELECT value FROM backup_about WHERE name = ?').pluck().get(name))
const filesIn = (source: Database.Database): Kept[] =>
  source.prepare<[], Kept>('SELECT path, mode, sha256 FROM backup_files ORDER BY path').all()
const bytesIn = (source: Database.Database, path: string): Buffer =>
  Buffer.concat(
    source.prepare<[string], Buffer>('SELECT bytes FROM backup_parts WHERE path = ? ORDER BY part').pluck().all(path),
  )
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** A name that leads out of the folder is nobody's honest backup. */
const inside = (path: string): boolean => {
  const whole = normalize(path)
  return path !== '' && !whole.startsWith(sep) && !whole.split(sep).includes('..') && !/^[a-z]:/i.test(path)
}
const differs = (file: string, sha256: string): boolean => existsSync(file) && hashOf(readFileSync(file)) !== sha256

function bring(source: Database.Database, { path, mode }: Kept, folder: string): void {
  const file = join(folder, path)
  if (existsSync(file)) return
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.partial`, bytesIn(source, path), { mode })
  renameSync(`${file}.partial`, file)
}

const bare = (copy: Database.Database): void =>
  void copy.exec('DROP TABLE backup_about; DROP TABLE backup_files; DROP TABLE backup_parts')

async function bringToServer(copy: Database.Database, url: string): Promise<void> {
  bare(copy)
  const moved = await moveToServer(copy, url)
  if ('reason' in moved) throw new Error(`${moved.reason} meanwhile`)
}

function bringDatabase(backup: string, database: string): void {
  mkdirSync(dirname(database), { recursive: true, mode: 0o700 })
  const partial = `${database}.partial`
  rmSync(partial, { force: true })
  copyFileSync(backup, partial)
  chmodSync(partial, 0o600)
  const copy = new Database(partial)
  try {
    bare(copy)
    copy.pragma('application_id = 0')
    copy.exec('VACUUM')
  } finally {
    copy.close()
  }
  renameSync(partial, database)
}

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
import { isNewer } from './migrations.ts'

/** Why nothing was restored; `path` is the file it is about. */
export type NotRestored = { reason: 'not-a-backup' | 'damaged' | 'newer' | 'exists'; path: string }
export type Restored = { made: Temporal.Instant; files: number }

/**
 * Brings a backup back: the database to `database`, the rest into `folder`. Everything is checked first, nothing that exists
 * is overwritten, and the database comes last: whatever interrupts it, there is no half of one.
 */
export function restore(backup: string, database: string, folder: string): Restored | NotRestored {
  const taken = [database, `${database}-wal`, `${database}-journal`].find(existsSync)
  if (taken !== undefined) return { reason: 'exists', path: taken }
  if (!isBackup(backup)) return { reason: 'not-a-backup', path: backup }
  const source = new Database(backup, { readonly: true })
  try {
    const wrong = inspect(source)
    if (wrong) return { reason: wrong, path: backup }
    const files = filesIn(source)
    const other = files.find(({ path, sha256 }) => differs(join(folder, path), sha256))
    if (other) return { reason: 'exists', path: join(folder, other.path) }
    for (const file of files) bring(source, file, folder)
    bringDatabase(backup, database)
    return { made: Temporal.Instant.from(aboutIn(source, 'made')), files: files.length }
  } finally {
    source.close()
  }
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

function bringDatabase(backup: string, database: string): void {
  mkdirSync(dirname(database), { recursive: true, mode: 0o700 })
  const partial = `${database}.partial`
  rmSync(partial, { force: true })
  copyFileSync(backup, partial)
  chmodSync(partial, 0o600)
  const copy = new Database(partial)
  try {
    copy.exec('DROP TABLE backup_about; DROP TABLE backup_files; DROP TABLE backup_parts')
    copy.pragma('application_id = 0')
    copy.exec('VACUUM')
  } finally {
    copy.close()
  }
  renameSync(partial, database)
}

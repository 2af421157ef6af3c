import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve, sep } from 'node:path'
import { isBackup, isDatabase } from './content.ts'

/** A file of the data folder; `path` is below that folder, with forward slashes on every system. */
export interface Keepsake {
  path: string
  mode: number
  bytes: Buffer
}

/** What SQLite and a bot at work keep beside a database, and what was left half done. */
const passing = /-(wal|shm|journal|lock)$|\.partial$/

/** Every file of the folder but `besides` and earlier backups; databases as of one moment, by `copy`. */
export async function* keepsakes(
  folder: string,
  besides: readonly string[],
  copy: (from: string, to: string) => Promise<void>,
): AsyncGenerator<Keepsake> {
  if (!existsSync(folder)) return
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !passing.test(entry.name))
    .map(entry => resolve(entry.parentPath, entry.name))
    .filter(file => !besides.includes(file) && !isBackup(file))
    .toSorted()
  for (const file of found) {
    const path = relative(resolve(folder), file).split(sep).join('/')
    yield { path, mode: statSync(file).mode & 0o777, bytes: await bytesOf(file, copy) }
  }
}

async function bytesOf(file: string, copy: (from: string, to: string) => Promise<void>): Promise<Buffer> {
  if (!isDatabase(file)) return readFileSync(file)
  const aside = mkdtempSync(join(tmpdir(), 'animatore-backup-'))
  try {
    await copy(file, join(aside, 'copy'))
    return readFileSync(join(aside, 'copy'))
  } finally {
    rmSync(aside, { recursive: true })
  }
}

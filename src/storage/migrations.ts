import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate as apply } from 'drizzle-orm/better-sqlite3/migrator'
import type { Engine } from './engine.ts'
import { UnusableDatabase } from './unusable.ts'

/** Where the migrations of an engine are. */
export const folderOf = (engine: Engine): string => join(import.meta.dirname, '../../drizzle', engine)

/** Applies what is missing. A database that knows a migration we do not know was written by newer code. */
export function migrate(connection: Database.Database): void {
  const known = hashesIn('sqlite')
  if (isNewer(connection)) {
    throw new UnusableDatabase(
      'This database was written by a newer version of Animatore: update the bot, or restore an older backup.',
    )
  }
  if (applied(connection).length < known.length) apply(drizzle(connection), { migrationsFolder: folderOf('sqlite') })
}

/** Whether newer code has written to it. */
export function isNewer(connection: Database.Database): boolean {
  const known = new Set(hashesIn('sqlite'))
  return applied(connection).some(hash => !known.has(hash))
}
/** How many migrations it still lacks. */
export const lacking = (connection: Database.Database): number => hashesIn('sqlite').length - applied(connection).length

function applied(connection: Database.Database): string[] {
  const table = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'").get()
  return table
    ? connection
        .prepare<[], { hash: string }>('SELECT hash FROM __drizzle_migrations')
        .all()
        .map(row => row.hash)
    : []
}

/** The fingerprints of an engine's migrations, as drizzle writes them down: of each file's whole text. */
export function hashesIn(engine: Engine): string[] {
  const folder = folderOf(engine)
  const journal: { entries: { tag: string }[] } = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8'))
  return journal.entries.map(({ tag }) =>
    createHash('sha256')
      .update(readFileSync(join(folder, `${tag}.sql`), 'utf8'))
      .digest('hex'),
  )
}

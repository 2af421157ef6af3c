import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate as apply } from 'drizzle-orm/better-sqlite3/migrator'
import { UnusableDatabase } from './unusable.ts'

const folder = join(import.meta.dirname, '../../drizzle/sqlite')

/** Applies what is missing. A database that knows a migration we do not know was written by newer code. */
export function migrate(connection: Database.Database): void {
  const known = hashes()
  if (isNewer(connection)) {
    throw new UnusableDatabase(
      'This database was written by a newer version of Animatore: update the bot, or restore an older backup.',
    )
  }
  if (applied(connection).length < known.length) apply(drizzle(connection), { migrationsFolder: folder })
}

/** Whether newer code has written to it. */
export function isNewer(connection: Database.Database): boolean {
  const known = new Set(hashes())
  return applied(connection).some(hash => !known.has(hash))
}
/** How many migrations it still lacks. */
export const lacking = (connection: Database.Database): number => hashes().length - applied(connection).length

function applied(connection: Database.Database): string[] {
  const table = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'").get()
  return table
    ? connection
        .prepare<[], { hash: string }>('SELECT hash FROM __drizzle_migrations')
        .all()
        .map(row => row.hash)
    : []
}

// The same fingerprint that drizzle writes down: of the file's whole text.
function hashes(): string[] {
  const journal: { entries: { tag: string }[] } = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8'))
  return journal.entries.map(({ tag }) =>
    createHash('sha256')
      .update(readFileSync(join(folder, `${tag}.sql`), 'utf8'))
      .digest('hex'),
  )
}

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { drizzle as drizzleOnServer } from 'drizzle-orm/postgres-js'
import { migrate as migrateServer } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { findPractices } from '#src/features/practices/catalogue/search/store.ts'
import { openStore } from '#src/storage/database.ts'
import { engine } from '#src/storage/engine.ts'
import { folderOf } from '#src/storage/migrations.ts'
import { emptyDatabase } from '#test/support/database.ts'

/** The migrations as they were before there was an index. */
function earlier(): string {
  const folder = mkdtempSync(join(tmpdir(), 'animatore-migrations-'))
  cpSync(folderOf(engine()), folder, { recursive: true })
  const file = join(folder, 'meta/_journal.json')
  const journal: { entries: { tag: string }[] } = JSON.parse(readFileSync(file, 'utf8'))
  const entries = journal.entries.slice(
    0,
    journal.entries.findIndex(({ tag }) => tag.endsWith('_search')),
  )
  writeFileSync(file, JSON.stringify({ ...journal, entries }))
  return folder
}

async function withStatements(address: string, statements: readonly string[]): Promise<void> {
  if (engine() === 'postgres') {
    const server = postgres(address, { max: 1, fetch_types: false, onnotice: () => {} })
    await migrateServer(drizzleOnServer(server), { migrationsFolder: earlier() })
    for (const statement of statements) await server.unsafe(statement)
    await server.end()
  } else {
    const file = new Database(address)
    migrate(drizzle(file), { migrationsFolder: earlier() })
    for (const statement of statements) file.exec(statement)
    file.close()
  }
}

const organization = `INSERT INTO organizations (id, name, folded, kind)
  VALUES ('terni', 'Ente “D’Annunzio”', 'ente “d’annunzio”', 'administration')`
const practice = (number: number, state: string, title: string, folded: string): string =>
  `INSERT INTO practices (id, number, title, summary, description, provider, community, categories, state, folded, "proposedAt", "changedAt")
   VALUES ('p${number}', ${number}, '${title}', '', '', 'terni', 'suape', '[]', '${state}', '${folded}', 1, 1)`

test('what was there before the index is found by every word, and in the title first', async () => {
  const address = await emptyDatabase()
  await withStatements(address, [
    organization,
    practice(1, 'published', 'Altro', 'altro l’edilizia: «scuola» (al 100%)'),
    practice(2, 'published', 'Città della scuola', 'citta della scuola un”ora e-mail'),
    practice(3, 'proposed', 'Scuola', 'scuola'),
  ])
  const store = await openStore(address)
  const numbers = async (typed: string): Promise<number[]> =>
    (await store.read(tx => findPractices(tx, typed))).practices.map(({ number }) => number)
  expect(await numbers('scuola')).toEqual([2, 1])
  expect(await numbers('edilizia')).toEqual([1])
  expect(await numbers('100')).toEqual([1])
  expect(await numbers('mail')).toEqual([2])
  expect(await numbers('ora')).toEqual([2])
  expect(await numbers('città')).toEqual([2])
  expect(await numbers('ente annunzio')).toEqual([1, 2])
  await store.close()
})

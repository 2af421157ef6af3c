import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openStore, type Store } from '#src/storage/database.ts'
import { inspectDatabase } from '#src/storage/inspect.ts'
import { saveSetting, setting } from '#src/storage/settings.ts'
import { UnusableDatabase } from '#src/storage/unusable.ts'
import { freshDatabase } from '#test/support/database.ts'

const opened = async (file: string, patience = 5000): Promise<Store> => {
  const store = await openStore(file, { patience })
  onTestFinished(() => store.close())
  return store
}

test('a lock held by another process is waited for without stopping the timers', async () => {
  const file = await freshDatabase()
  const store = await opened(file)
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  let ticks = 0
  const ticking = setInterval(() => {
    ticks += 1
    if (ticks === 10) other.exec('COMMIT')
  }, 5)
  await store.transaction(tx => saveSetting(tx, 'a', 1))
  clearInterval(ticking)
  other.close()
  expect(ticks).toBeGreaterThanOrEqual(10)
})

test('a lock that is never let go ends in an error, and the next transaction goes on', async () => {
  const file = await freshDatabase()
  const store = await opened(file, 20)
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  await expect(store.transaction(tx => saveSetting(tx, 'a', 1))).rejects.toThrow('locked')
  other.exec('COMMIT')
  other.close()
  await store.transaction(tx => saveSetting(tx, 'a', 2))
  expect(await store.read(tx => setting(tx, 'a'))).toBe(2)
})

test('a database newer than the code is refused, and left as it was', async () => {
  const file = await freshDatabase()
  await (await openStore(file)).close()
  const newer = new Database(file)
  newer.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of-the-future', 99999999999999)")
  newer.close()
  await expect(openStore(file)).rejects.toThrow(UnusableDatabase)
})

test('a file that is not ours to read is seen as that, and not as a damaged one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'animatore-other-'))
  chmodSync(folder, 0o755)
  const file = join(folder, 'animatore.db')
  writeFileSync(file, 'SQLite format 3', { mode: 0o000 })
  // Whoever is root may read anything: for a moment, this process is not.
  const user = process.geteuid?.()
  if (user === 0) process.seteuid?.('nobody')
  onTestFinished(() => void (user === 0 && process.seteuid?.(user)))
  expect(await inspectDatabase(file)).toEqual({ state: 'unreadable' })
})

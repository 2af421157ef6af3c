import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openStore, type Store } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { nextNumber, saveSetting, setting } from '#src/storage/settings.ts'
import { UnusableDatabase } from '#src/storage/unusable.ts'

const file = (): string => join(mkdtempSync(join(tmpdir(), 'animatore-test-')), 'test.db')
const opened = async (path = file(), patience = 5000): Promise<Store> => {
  const store = await openStore(path, { patience })
  onTestFinished(() => store.close())
  return store
}

test('a transaction that throws leaves nothing behind', async () => {
  const store = await opened()
  const attempt = store.transaction(async tx => {
    await saveSetting(tx, 'a', 1)
    throw new Error('on purpose')
  })
  await expect(attempt).rejects.toThrow('on purpose')
  expect(await store.read(tx => setting(tx, 'a'))).toBeUndefined()
})

test('transactions take turns, in the order in which they were asked for', async () => {
  const store = await opened()
  const numbers = await Promise.all(Array.from({ length: 20 }, () => store.transaction(tx => nextNumber(tx, 'x'))))
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
})

test('a second connection inside a transaction is an error', async () => {
  const store = await opened()
  await expect(store.transaction(() => store.read(tx => setting(tx, 'a')))).rejects.toThrow('inside a transaction')
  await expect(store.transaction(() => store.transaction(async () => 1))).rejects.toThrow('inside a transaction')
})

test('a lock held by another process is waited for without stopping the timers', async () => {
  const path = file()
  const store = await opened(path)
  const other = new Database(path)
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
  const path = file()
  const store = await opened(path, 20)
  const other = new Database(path)
  other.exec('BEGIN IMMEDIATE')
  await expect(store.transaction(tx => saveSetting(tx, 'a', 1))).rejects.toThrow('locked')
  other.exec('COMMIT')
  other.close()
  await store.transaction(tx => saveSetting(tx, 'a', 2))
  expect(await store.read(tx => setting(tx, 'a'))).toBe(2)
})

test('a database newer than the code is refused, and left as it was', async () => {
  const path = file()
  await (await openStore(path)).close()
  const newer = new Database(path)
  newer.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of-the-future', 99999999999999)")
  newer.close()
  await expect(openStore(path)).rejects.toThrow(UnusableDatabase)
})

test('ids sort in the order of making', () => {
  const ids = Array.from({ length: 10_000 }, newId)
  expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)))
  expect(new Set(ids)).toHaveLength(10_000)
  expect(ids[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openIndexedDb } from '#src/platforms/matrix/sdk/stores.ts'

const keeper = join(import.meta.dirname, '../support/matrix/keeper.ts')
const quick = new URL('../../src/quick-imports.js', import.meta.url).href

interface IdbTransaction {
  objectStore(name: string): { add(value: string, key: number): void }
  abort(): void
  oncomplete?: (event: unknown) => void
  onabort?: (event: unknown) => void
}

/** What a process says that it keeps, and what is in its file, where no file may grow beyond so many blocks. */
function kept(blocks: string, bytes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'animatore-keys-'))
  const limited = ['-c', `ulimit -f ${blocks} && exec "$0" "$@"`, process.execPath]
  const { stdout, stderr, status } = spawnSync(
    'sh',
    [...limited, '--import', quick, keeper, folder, String(bytes)],
    // What is compiled is not kept: that is a file too.
    { encoding: 'utf8', env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } },
  )
  const database = new Database(join(folder, 'keys.sqlite'), { readonly: true })
  const there = database.prepare('select count(*) from "S_keys"').pluck().get()
  database.close()
  return { said: stdout.split('\n').filter(line => line !== '').length, there, stderr, status }
}

test('with room, everything is kept', () => {
  expect(kept('unlimited', 8000)).toEqual({ said: 30, there: 30, stderr: '', status: 0 })
})

test.each([
  ['whose end fails', '200', 8000],
  // More than SQLite holds in memory: the disk is asked before the end.
  ['that fails before its end', '2000', 20_000_000],
])('on a full disk the process ends with the first transaction %s', (_, blocks, bytes) => {
  const { said, there, stderr, status } = kept(blocks, bytes)
  expect(stderr).toContain('what belongs to Matrix could not be kept')
  expect(status).toBe(1)
  expect(said).toBe(there)
  expect(said).toBeLessThan(30)
})

test('what is taken back on purpose is not lost', async () => {
  const lost: Error[] = []
  openIndexedDb(mkdtempSync(join(tmpdir(), 'animatore-keys-')), error => lost.push(error))
  const databases = Reflect.get(globalThis, 'indexedDB')
  const opening = databases.open('keys', 1)
  await new Promise(resolve => {
    opening.onupgradeneeded = () => opening.result.createObjectStore('keys')
    opening.onsuccess = resolve
  })
  const ended = (last: 'oncomplete' | 'onabort', does: (transaction: IdbTransaction) => void) =>
    new Promise(resolve => {
      const transaction: IdbTransaction = opening.result.transaction('keys', 'readwrite')
      transaction[last] = resolve
      does(transaction)
    })
  await ended('oncomplete', transaction => transaction.objectStore('keys').add('one', 1))
  await ended('onabort', transaction => transaction.objectStore('keys').add('another', 1))
  await ended('onabort', transaction => {
    transaction.objectStore('keys').add('two', 2)
    transaction.abort()
  })
  opening.result.close()
  const again = databases.open('other', 1)
  await new Promise(resolve => {
    again.onupgradeneeded = () => again.transaction.abort()
    again.onerror = resolve
  })
  const deleting = databases.deleteDatabase('keys')
  await new Promise(resolve => {
    deleting.onsuccess = resolve
  })
  expect(lost).toEqual([])
})

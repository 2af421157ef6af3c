import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { IJoinedRoom, ISyncResponse } from 'matrix-js-sdk'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Log } from '#src/core/ports.ts'
import { SyncStore } from '#src/platforms/matrix/sdk/sync-store.ts'
import { strict } from '#test/support/community.ts'

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'animatore-sync-')), 'sync.sqlite')

const event = (type: string, id: string, content: object, state?: string) => ({
  ...{ type, event_id: id, sender: '@a:example.org', origin_server_ts: 1, content },
  ...(state !== undefined && { state_key: state }),
})
const room = (state: object[], said: object[], more: object = {}): IJoinedRoom =>
  ({
    ...{ summary: {}, ephemeral: { events: [] }, account_data: { events: [] }, unread_notifications: {} },
    ...{ state: { events: state }, timeline: { events: said, prev_batch: 'before' }, ...more },
  }) as unknown as IJoinedRoom
const sync = (token: string, join: Record<string, IJoinedRoom>, rest: object = {}): ISyncResponse =>
  ({ next_batch: token, account_data: { events: [] }, rooms: { join, ...rest } }) as unknown as ISyncResponse

/** All that came is written down. */
const all = () => ({ received: () => 0, written: () => 0 })

const rooms = async (store: SyncStore) => (await store.getSavedSync())?.roomsData.join ?? {}
const ids = (events: { event_id: string }[] = []): string[] => events.map(({ event_id: id }) => id)

test('what is saved is what all syncs together say, room by room', async () => {
  const file = fresh()
  const store = new SyncStore(file, all, strict)
  expect(await store.isNewlyCreated()).toBe(true)
  const [name, other] = [event('m.room.name', '$name', { name: 'Uno' }, ''), event('m.room.name', '$o', {}, '')]
  await store.setSyncData(
    sync('t1', { '!a': room([name], [event('m.room.message', '$1', {})]), '!b': room([other], []) }),
  )
  await store.save()
  const renamed = event('m.room.name', '$renamed', { name: 'Due' }, '')
  await store.setSyncData(sync('t2', { '!a': room([], [renamed]) }))
  await store.setSyncData(sync('t3', { '!a': room([], [event('m.room.message', '$2', {})]) }))
  await store.save(true)

  const again = new SyncStore(file, all, strict)
  expect(await again.isNewlyCreated()).toBe(false)
  expect(await again.getSavedSyncToken()).toBe('t3')
  const { '!a': one, '!b': two } = await rooms(again)
  expect(ids(one?.state?.events)).toEqual(['$renamed'])
  // The end of the conversation alone: from there on, what is missing is fetched.
  expect(ids(one?.timeline.events)).toEqual(['$2'])
  expect(ids(two?.state?.events)).toEqual(['$o'])
})

test('a room that was left is forgotten, with those who were in it', async () => {
  const store = new SyncStore(fresh(), all, strict)
  await store.setSyncData(sync('t1', { '!a': room([], [event('m.room.message', '$1', {})]) }))
  await store.setOutOfBandMembers('!a', [])
  await store.save(true)
  const gone = { leave: { '!a': { timeline: { events: [] }, state: { events: [] }, account_data: { events: [] } } } }
  await store.setSyncData(sync('t2', {}, gone))
  await store.save(true)
  expect(await rooms(store)).toEqual({})
  expect(await store.getOutOfBandMembers('!a')).toBeNull()
})

test('it is saved as far as what was heard is written down, and no further', async () => {
  const file = fresh()
  const progress = { received: 0, written: 0 }
  const store = new SyncStore(
    file,
    () => ({ received: () => progress.received, written: () => progress.written }),
    strict,
  )
  const saved = () => new SyncStore(file, all, strict).getSavedSyncToken()
  const comes = async (token: string): Promise<void> => {
    progress.received += 1
    await store.setSyncData(sync(token, { '!a': room([], [event('m.room.message', `$${token}`, {})]) }))
    await store.save(true)
  }
  await comes('t1')
  expect(await saved()).toBeNull()
  progress.written = 1
  await comes('t2')
  expect(await saved()).toBe('t1')
  progress.written = 2
  await comes('t3')
  expect(await saved()).toBe('t2')
  expect(ids((await rooms(new SyncStore(file, all, strict)))['!a']?.timeline.events)).toEqual(['$t2'])
})

/** The disk of a file takes nothing, until it is emptied. */
function filled(file: string): { emptied: () => void } {
  const disk = new Database(file)
  for (const what of ['insert', 'update', 'delete'])
    disk.exec(`create trigger no_${what} before ${what} on kept begin select raise(abort, 'disk is full'); end`)
  return {
    emptied: () => {
      for (const what of ['insert', 'update', 'delete']) disk.exec(`drop trigger no_${what}`)
    },
  }
}

test('a disk that is full for a moment does not end the listening: what was not saved is saved with the next', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const file = fresh()
  const warned: string[] = []
  const log: Log = { ...strict, warn: (_, what) => void warned.push(what) }
  const store = new SyncStore(file, all, log)
  await store.setOutOfBandMembers('!a', [])
  const disk = filled(file)
  await store.setSyncData(sync('t1', { '!a': room([], [event('m.room.message', '$1', {})]) }))
  await store.save()
  await store.save()
  await store.save(true)
  await store.setOutOfBandMembers('!a', [])
  await store.clearOutOfBandMembers('!a')
  // Not more often than any save, unless it is the last.
  expect(warned).toEqual(Array.from({ length: 4 }, () => 'the sync state could not be saved'))

  disk.emptied()
  await store.setSyncData(sync('t2', { '!b': room([], []) }))
  expect(store.wantsSave()).toBe(false)
  vi.setSystemTime(Date.now() + 31_000)
  expect(store.wantsSave()).toBe(true)
  await store.save()
  const again = new SyncStore(file, all, strict)
  expect(await again.getSavedSyncToken()).toBe('t2')
  expect(Object.keys(await rooms(again))).toEqual(['!a', '!b'])
})

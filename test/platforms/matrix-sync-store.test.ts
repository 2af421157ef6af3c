import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IJoinedRoom, ISyncResponse } from 'matrix-js-sdk'
import { expect, test } from 'vitest'
import { SyncStore } from '#src/platforms/matrix/sdk/sync-store.ts'

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

const rooms = async (store: SyncStore) => (await store.getSavedSync())?.roomsData.join ?? {}
const ids = (events: { event_id: string }[] = []): string[] => events.map(({ event_id: id }) => id)

test('what is saved is what all syncs together say, room by room', async () => {
  const file = fresh()
  const store = new SyncStore(file, () => true)
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

  const again = new SyncStore(file, () => true)
  expect(await again.isNewlyCreated()).toBe(false)
  expect(await again.getSavedSyncToken()).toBe('t3')
  const { '!a': one, '!b': two } = await rooms(again)
  expect(ids(one?.state?.events)).toEqual(['$renamed'])
  // The end of the conversation alone: from there on, what is missing is fetched.
  expect(ids(one?.timeline.events)).toEqual(['$2'])
  expect(ids(two?.state?.events)).toEqual(['$o'])
})

test('a room that was left is forgotten, with those who were in it', async () => {
  const store = new SyncStore(fresh(), () => true)
  await store.setSyncData(sync('t1', { '!a': room([], [event('m.room.message', '$1', {})]) }))
  await store.setOutOfBandMembers('!a', [])
  await store.save(true)
  const gone = { leave: { '!a': { timeline: { events: [] }, state: { events: [] }, account_data: { events: [] } } } }
  await store.setSyncData(sync('t2', {}, gone))
  await store.save(true)
  expect(await rooms(store)).toEqual({})
  expect(await store.getOutOfBandMembers('!a')).toBeNull()
})

test('nothing is saved while something that was heard is not written down', async () => {
  const file = fresh()
  let settled = false
  const store = new SyncStore(file, () => settled)
  await store.setSyncData(sync('t1', { '!a': room([], []) }))
  await store.save()
  expect(await new SyncStore(file, () => true).getSavedSyncToken()).toBeNull()
  settled = true
  await store.save()
  expect(await new SyncStore(file, () => true).getSavedSyncToken()).toBe('t1')
})

import type { SyncCryptoCallbacks, SyncCryptoChanges } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js'
import { expect, test } from 'vitest'
import { tellOnlyNews } from '#src/platforms/matrix/sdk/keys.ts'

const NOTHING: SyncCryptoChanges = {
  toDeviceEvents: [],
  oneTimeKeysCounts: { signed_curve25519: 50 },
  unusedFallbackKeys: ['signed_curve25519'],
}
const said = { type: 'm.room_key', sender: '@anna:example.org', content: {} }

/** Keys as the SDK has them, which note what they are told. */
function someKeys() {
  const told: SyncCryptoChanges[] = []
  const time = { now: 5 }
  let isUnable = false
  const keys: SyncCryptoCallbacks = {
    processSyncChanges: async changes => {
      if (isUnable) throw new Error('the disk is full')
      told.push(changes)
      return changes.toDeviceEvents.map(message => ({ message, encryptionInfo: null }))
    },
    onCryptoEvent: async () => {},
    onSyncCompleted: () => {},
    markAllTrackedUsersAsDirty: async () => {},
  }
  tellOnlyNews(keys, () => time.now)
  const sync = (changes: Partial<SyncCryptoChanges> = {}) => keys.processSyncChanges({ ...NOTHING, ...changes })
  const fail = (on: boolean): void => {
    isUnable = on
  }
  return { told, time, sync, fail }
}

test('of syncs that have nothing for them the keys hear the first', async () => {
  const { told, sync } = someKeys()
  for (let n = 0; n < 5; n += 1) expect(await sync({ deviceLists: { changed: [], left: [] } })).toEqual([])
  expect(told).toHaveLength(1)
})

test.each<[string, Partial<SyncCryptoChanges>]>([
  ['a key that somebody sends', { toDeviceEvents: [said] }],
  ['a device that somebody has now', { deviceLists: { changed: ['@anna:example.org'], left: [] } }],
  ['somebody who is not met any more', { deviceLists: { changed: [], left: ['@anna:example.org'] } }],
  ['a key that was given out', { oneTimeKeysCounts: { signed_curve25519: 49 } }],
  ['the last of them', { oneTimeKeysCounts: {} }],
  ['the fallback key, used', { unusedFallbackKeys: [] }],
])('they hear of %s, and what comes of it is passed on', async (_, news) => {
  const { told, sync } = someKeys()
  await sync()
  expect(await sync(news)).toHaveLength(news.toDeviceEvents?.length ?? 0)
  expect(told).toHaveLength(2)
  expect(told[1]).toEqual({ ...NOTHING, ...news })
})

test('when keys were given out they hear once how many are left, and once that there are enough again', async () => {
  const { told, sync } = someKeys()
  await sync()
  for (const left of [49, 49, 50, 50]) await sync({ oneTimeKeysCounts: { signed_curve25519: left } })
  expect(told.map(({ oneTimeKeysCounts }) => oneTimeKeysCounts?.signed_curve25519)).toEqual([50, 49, 50])
})

test('once a minute they hear of a sync all the same: some of what they do comes with time', async () => {
  const { told, time, sync } = someKeys()
  await sync()
  time.now += 59_999
  await sync()
  expect(told).toHaveLength(1)
  time.now += 1
  await sync()
  expect(told).toHaveLength(2)
})

test('what they could not be told they are told again', async () => {
  const { told, sync, fail } = someKeys()
  fail(true)
  await expect(sync()).rejects.toThrow('the disk is full')
  fail(false)
  await sync()
  expect(told).toHaveLength(1)
})

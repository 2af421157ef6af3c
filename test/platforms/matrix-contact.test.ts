import { ClientEvent, MatrixClient, SyncState } from 'matrix-js-sdk'
import { expect, onTestFinished, test, vi } from 'vitest'
import '#src/platforms/matrix/sdk/quiet.ts'
import { contactOf } from '#src/platforms/matrix/sdk/contact.ts'

test('a homeserver of which nothing is heard for two minutes is not up, whatever the SDK thinks', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const client = new MatrixClient({ baseUrl: 'https://example.org' })
  const contact = contactOf(client)
  const syncs = (state: SyncState, fromCache = false) => client.emit(ClientEvent.Sync, state, null, { fromCache })
  syncs(SyncState.Prepared, true)
  expect(contact.up()).toBe(false)
  syncs(SyncState.Prepared)
  vi.advanceTimersByTime(120_000)
  expect(contact.up()).toBe(true)

  vi.advanceTimersByTime(1000)
  expect([contact.up(), contact.lag()]).toEqual([false, 121])

  syncs(SyncState.Syncing)
  expect([contact.up(), contact.lag()]).toEqual([true, 0])
})

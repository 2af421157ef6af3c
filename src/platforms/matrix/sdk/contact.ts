import { ClientEvent, type MatrixClient, SyncState } from 'matrix-js-sdk'
import type { Wire } from '../wire.ts'

const heard: ReadonlySet<SyncState> = new Set([SyncState.Prepared, SyncState.Syncing, SyncState.Catchup])

/** Whether the homeserver is there, as its answers tell. What a client remembers of an earlier run is no answer. */
export function contactOf(client: MatrixClient): Pick<Wire, 'up' | 'lag'> {
  let up = false
  let heardAt = performance.now()
  client.on(ClientEvent.Sync, (state, _before, data) => {
    if (data?.fromCache) return
    up = heard.has(state)
    if (up) heardAt = performance.now()
  })
  return { up: () => up, lag: () => Math.floor((performance.now() - heardAt) / 1000) }
}

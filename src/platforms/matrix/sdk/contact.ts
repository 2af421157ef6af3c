import { ClientEvent, type MatrixClient, SyncState } from 'matrix-js-sdk'
import type { Wire } from '../wire.ts'

const heard: ReadonlySet<SyncState> = new Set([SyncState.Prepared, SyncState.Syncing, SyncState.Catchup])

/** In milliseconds. It speaks every half minute: after such a silence nobody listens any more, whatever the SDK thinks. */
const LONGEST_SILENCE = 120_000

/** Whether the homeserver is there, as its answers tell. What a client remembers of an earlier run is no answer. */
export function contactOf(client: MatrixClient): Pick<Wire, 'up' | 'lag'> {
  let up = false
  let heardAt = performance.now()
  client.on(ClientEvent.Sync, (state, _before, data) => {
    if (data?.fromCache) return
    up = heard.has(state)
    if (up) heardAt = performance.now()
  })
  const silence = (): number => performance.now() - heardAt
  return { up: () => up && silence() <= LONGEST_SILENCE, lag: () => Math.floor(silence() / 1000) }
}

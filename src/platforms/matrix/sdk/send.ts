import { type MatrixClient, MatrixEvent, Method, type Room } from 'matrix-js-sdk'
import { asked } from './errors.ts'
import { keysOf } from './keys.ts'

const PATIENCE = 60_000

/**
 * Sends an event by itself: the SDK's own sending refuses a `txnId` that it has seen, and keeps echoes that the outbox has no
 * use for. A reaction is never encrypted, in any client: servers could not count it.
 */
export async function sendEvent(
  client: MatrixClient,
  room: Room,
  { type, content, txn }: { type: string; content: object; txn: string },
): Promise<string> {
  const sealed = room.hasEncryptionStateEvent() && type !== 'm.reaction'
  const outer = sealed ? await encrypted(client, room, { type, content, txn }) : { type, content }
  const path = `/rooms/${encodeURIComponent(room.roomId)}/send/${encodeURIComponent(outer.type)}/${encodeURIComponent(txn)}`
  const { event_id: id } = await asked('send', () =>
    client.http.authedRequest<{ event_id: string }>(Method.Put, path, undefined, outer.content, {
      localTimeoutMs: PATIENCE,
      priority: 'high',
    }),
  )
  return id
}

async function encrypted(
  client: MatrixClient,
  room: Room,
  { type, content, txn }: { type: string; content: object; txn: string },
): Promise<{ type: string; content: object }> {
  const event = new MatrixEvent({
    type,
    content: { ...content },
    room_id: room.roomId,
    sender: client.getSafeUserId(),
    event_id: `~${room.roomId}:${txn}`,
    origin_server_ts: Date.now(),
  })
  await keysOf(client).encryptEvent(event, room)
  return { type: event.getWireType(), content: event.getWireContent() }
}

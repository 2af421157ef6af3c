import { type MatrixClient, type MatrixEvent, MatrixEventEvent } from 'matrix-js-sdk'

/** A message of the bot as she sees it now. */
export interface Seen {
  id: string
  room: string
  body: string
  html: string
  type: string
  /** How often it was edited. */
  edits: number
  thread?: string
  content: Record<string, unknown>
  unreadable: boolean
}
/** Notes what came, as it reads now: an edit changes what it edits, a key that comes late opens what it opens. */
export async function note(event: MatrixEvent, client: MatrixClient, seen: Map<string, Seen>, edits: MatrixEvent[]) {
  await client.decryptEventIfNeeded(event)
  if (event.isDecryptionFailure()) event.once(MatrixEventEvent.Decrypted, () => void note(event, client, seen, edits))
  if (event.getType() !== 'm.room.message' && !event.isDecryptionFailure()) return
  const content = event.getOriginalContent()
  const relation = content['m.relates_to']
  const id = event.getId() ?? ''
  if (relation?.rel_type === 'm.replace') {
    const original = seen.get(relation.event_id ?? '')
    if (!original || edits.includes(event)) return
    edits.push(event)
    const fresh = content['m.new_content']
    Object.assign(original, { body: fresh.body, html: fresh.formatted_body ?? '', edits: original.edits + 1 })
    return
  }
  seen.set(id, {
    id,
    room: event.getRoomId() ?? '',
    body: content.body ?? '',
    html: content.formatted_body ?? '',
    type: content.msgtype ?? '',
    edits: 0,
    ...(relation?.rel_type === 'm.thread' && { thread: relation.event_id }),
    content,
    unreadable: event.isDecryptionFailure(),
  })
}

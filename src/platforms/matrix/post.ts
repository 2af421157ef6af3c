import { createHash } from 'node:crypto'
import { type Message, offers, type Translate } from '#src/core/message.ts'
import { Busy, type Intake, type Placement, type Stored, Undeliverable } from '#src/core/platform.ts'
import { sizeOf } from './image-size.ts'
import type { Places } from './places.ts'
import { type Attached, attachedTo, content, drawn, inThread, keycap, replacing, SEEDED } from './render.ts'
import type { Versions } from './versions.ts'
import type { Room, Wire } from './wire.ts'

/** A message of the bot: its room and its event, which is what an edit and a reaction need. */
export const referenceTo = (room: string, event: string): string => `${room} ${event}`
const roomAndEvent = (ref: string): { room: string; event: string } => {
  const [room = '', event = ''] = ref.split(' ')
  return { room, event }
}

/** One transaction for each part of a letter: the homeserver recognises it when it is sent again, whatever its type. */
const txn = (key: string, part = ''): string =>
  `oc${createHash('sha256').update(`${key}\0${part}`).digest('base64url')}`

export interface Posting {
  wire: Wire
  intake: Intake
  places: Places
  versions: Versions
  now: () => Temporal.Instant
}

/** Says it: the text, then the files, then a number to press for each of a few choices. */
export async function post(message: Message, at: Placement, posting: Posting): Promise<string> {
  const { wire, intake, places, versions, now } = posting
  const room = await places.room(at.to)
  const t = intake.t(at.to)
  const root = at.root ? roomAndEvent(at.root) : undefined
  const thread = root?.room === room.id ? inThread(root.event) : {}
  const text = drawn(message, t, { direct: at.to.direct })
  const said = text && (await wire.send(room.id, MESSAGE, { ...content(text), ...thread }, txn(at.key)))
  const shown: string[] = said ? [said] : []
  for (const [number, attached] of attachedTo(message, t).entries()) {
    const event = await show(attached, room, thread, txn(at.key, `file:${number}`), { wire, intake })
    if (event) shown.push(event)
  }
  const [first] = shown
  if (!first) throw new Undeliverable('a message with nothing in it')
  // It can be answered while its numbers are still coming.
  const ref = referenceTo(room.id, first)
  versions.stands(ref, at.instead ?? at.key)
  versions.shown(ref, offers(message), now())
  await seed(room, first, at.key, offers(message).length, wire)
  return ref
}
const MESSAGE = 'm.room.message'

async function show(
  { kind, file, alt }: Attached,
  room: Room,
  thread: Record<string, unknown>,
  transaction: string,
  { wire, intake }: Pick<Posting, 'wire' | 'intake'>,
): Promise<string | undefined> {
  const stored = await intake.file(file)
  if (!stored) return undefined
  const media = await wire.upload(room.id, stored)
  const where = media.encrypted ? { file: media.encrypted } : { url: media.url }
  const about = { filename: stored.name, body: alt || stored.name, info: infoOf(stored), 'm.mentions': {} }
  return wire.send(room.id, MESSAGE, { msgtype: `m.${kind}`, ...about, ...where, ...thread }, transaction)
}

const infoOf = ({ type, bytes }: Stored): object => ({ mimetype: type, size: bytes.length, ...sizeOf(bytes) })

/** Up to four choices can be pressed. They can all be typed too: when the homeserver asks for patience, that is enough. */
async function seed(room: Room, event: string, key: string, count: number, wire: Wire, from = 1): Promise<void> {
  if (count > SEEDED) return
  try {
    for (let number = from; number <= count; number += 1) {
      const relation = { rel_type: 'm.annotation', event_id: event, key: keycap(number) }
      await wire.send(room.id, 'm.reaction', { 'm.relates_to': relation }, txn(key, `press:${number}`))
    }
  } catch (error) {
    if (!(error instanceof Busy || error instanceof Undeliverable)) throw error
  }
}

/** Says it differently, where it was said; anew, where the room goes on in another. */
export async function edit(ref: string, message: Message, at: Placement, posting: Posting): Promise<string> {
  const { wire, intake, versions, now } = posting
  const { room: id, event } = roomAndEvent(ref)
  if (wire.goesOn(id) !== undefined) return post(message, at, posting)
  const room = wire.room(id)
  if (!room) return wire.missing(id)
  const t: Translate = intake.t(at.to)
  const text = drawn(message, t, { direct: room.direct !== undefined })
  if (text) await wire.send(id, MESSAGE, replacing(event, content(text)), txn(at.key))
  // From now on a number means what is seen, also while the numbers on it are changing.
  versions.shown(ref, offers(message), now())
  await reseed(room, event, at.key, offers(message).length, wire)
  return ref
}

/** The numbers on it become those of the choices it offers now. */
async function reseed(room: Room, event: string, key: string, count: number, wire: Wire): Promise<void> {
  const there = await wire.ownReactions(room.id, event)
  const wanted = count > SEEDED ? 0 : count
  for (let number = wanted + 1; number <= SEEDED; number += 1) {
    const extra = there.get(keycap(number))
    if (extra) await wire.takeBack(room.id, extra, txn(key, `take:${number}`))
  }
  const first = Array.from({ length: wanted }, (_, at) => at + 1).find(number => !there.has(keycap(number)))
  if (first !== undefined) await seed(room, event, key, wanted, wire, first)
}

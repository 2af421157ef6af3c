// What people do on a homeserver in memory, and what they see of the bot there.

import type { Platform } from '#src/core/platform.ts'
import { type MatrixOptions, matrixPlatform } from '#src/platforms/matrix/adapter.ts'
import type { Wire } from '#src/platforms/matrix/wire.ts'
import type { Store } from '#src/storage/database.ts'
import { LARGEST_FILE } from '#src/storage/files.ts'
import { addressesOn } from '#src/storage/places.ts'
import type { Ground } from './ground.ts'
import { type Recorded, recordedHomeserver, type Sent } from './recorded.ts'

/** A message of the bot as a client shows it now. */
export interface Told {
  id: string
  room: string
  body: string
  html: string
  content: Record<string, unknown>
  edits: number
}
export interface Hands {
  /** Somebody writes, in her direct conversation or a room; the event's id. */
  says(who: string, text: string, where?: { in?: string; content?: object; age?: number; id?: string }): Promise<string>
  /** Reacts with the number of a choice, so many milliseconds ago. */
  presses(who: string, number: number, on: Told, when?: { age?: number }): Promise<void>
  joins(who: string, room: string): Promise<void>
  /** Everything the bot said in a room. */
  told(room: string): Told[]
  last(room: string): Told
  dm(who: string): string
  room(place: string): string
}
interface Kit {
  people: { person: string; accounts?: Record<string, string> }[]
  places: { place: string; matrix?: string }[]
}

export const user = (name: string): string => `@${name}:example.org`
const roomOf = (place: string): string => `!${place}:example.org`

/** The places of a kit get rooms, and the people who are named an account: all of them, without names. */
export function onMatrix(kit: Kit, only?: readonly string[]): Recorded {
  for (const person of kit.people)
    if (!only || only.includes(person.person)) person.accounts = { ...person.accounts, matrix: user(person.person) }
  const server = recordedHomeserver()
  for (const place of kit.places) {
    place.matrix = `#${place.place}:example.org`
    const id = roomOf(place.place)
    server.rooms.set(id, { id, aliases: [place.matrix], encrypted: true })
  }
  return server
}

/** As it is, but for its pace: on a clock that stands still, what waits for a bucket would wait for ever. */
export const platformOn = (at: { wire: Wire }, store: Store, rest: Pick<MatrixOptions, 'now' | 'log'>): Platform => ({
  ...pacedOn(at, store, rest),
  limits: { parallel: 16 },
})

type Rest = Pick<MatrixOptions, 'now' | 'log'> & Partial<Pick<MatrixOptions, 'open'>>
export const pacedOn = ({ wire }: { wire: Wire }, store: Store, rest: Rest): Platform =>
  matrixPlatform({
    open: async () => wire,
    ...rest,
    allowed: ['example.org'],
    addresses: () => store.read(tx => addressesOn(tx, 'matrix')),
    home: { locale: 'it', timezone: 'Europe/Rome' },
    largestFile: LARGEST_FILE,
  })

export function handsOn(server: Ground, settle: () => Promise<void>): Hands {
  const told = (room: string): Told[] => toldIn(server.sent, room)
  const dm = (who: string): string => {
    const known = [...server.rooms.values()].find(({ direct }) => direct === user(who))
    const id = known?.id ?? `!dm-${who}:example.org`
    if (!known) server.rooms.set(id, { id, direct: user(who), aliases: [], encrypted: true })
    return id
  }
  const happens = async (event: Parameters<Ground['hear']>[0]): Promise<string> => {
    const id = await server.hear(event)
    await settle()
    return id
  }
  return {
    told,
    dm,
    room: place =>
      [...server.rooms.values()].find(({ aliases }) => aliases.includes(`#${place}:example.org`))?.id ?? roomOf(place),
    last: room => {
      const found = told(room).at(-1)
      if (!found) throw new Error(`nothing was said in ${room}`)
      return found
    },
    says: (who, text, { in: room, content = {}, ...rest } = {}) =>
      happens({
        room: room ?? dm(who),
        sender: user(who),
        content: { msgtype: 'm.text', body: text, ...content },
        ...rest,
      }),
    presses: async (who, number, on, when = {}) => {
      const relation = { rel_type: 'm.annotation', event_id: on.id, key: `${number}\uFE0F\u20E3` }
      const content = { 'm.relates_to': relation }
      await happens({ room: on.room, sender: user(who), type: 'm.reaction', content, ...when })
    },
    joins: async (who, room) => {
      const content = { membership: 'join' }
      await happens({ room, sender: user(who), type: 'm.room.member', stateKey: user(who), content, before: {} })
    },
  }
}

function toldIn(sent: readonly Sent[], room: string): Told[] {
  const messages = new Map<string, Told>()
  for (const { id, room: where, type, content } of sent) {
    if (where !== room || type !== 'm.room.message') continue
    const relation = content['m.relates_to'] as { rel_type: string; event_id: string } | undefined
    const fresh = (content['m.new_content'] ?? content) as { body: string; formatted_body?: string }
    const said = { body: fresh.body, html: fresh.formatted_body ?? '', content }
    const original = relation?.rel_type === 'm.replace' ? messages.get(relation.event_id) : undefined
    if (original) Object.assign(original, said, { edits: original.edits + 1 })
    else messages.set(id, { id, room, edits: 0, ...said })
  }
  return [...messages.values()]
}

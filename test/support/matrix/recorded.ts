// A homeserver in memory, fed with payloads as they were recorded from a real one.
import { Busy, Undeliverable } from '#src/core/platform.ts'
import type { Ears, Heard, Media, Room, Wire } from '#src/platforms/matrix/wire.ts'

export interface Sent {
  id: string
  room: string
  type: string
  content: Record<string, unknown>
  txn: string
}
export interface Recorded {
  wire: Wire
  /** Everything sent, once each, as a client would receive it. */
  sent: Sent[]
  /** What was asked of the homeserver besides. */
  asked: [what: string, ...about: string[]][]
  rooms: Map<string, Room>
  /** Resolves with the event's id when the bot has it; an id of its own, without, that no other event has. */
  hear(event: Partial<Heard> & { room: string }): Promise<string>
  invite: Ears['invited']
  /** The next request that sends is refused for so many seconds, or lost after it arrived. */
  fail(how: { busy: number } | 'lost'): void
  /** The next request of this name, and about this, is cut off. */
  cut(what: string, ...about: string[]): void
  files: Map<string, Uint8Array>
  /** How it can be reached. */
  contact: { current: boolean; up: boolean; lag: number }
}

export const ME = '@animatore:example.org'

export function recordedHomeserver(): Recorded {
  const rooms = new Map<string, Room>()
  const sent: Sent[] = []
  const asked: Recorded['asked'] = []
  const files = new Map<string, Uint8Array>()
  const contact = { current: true, up: true, lag: 0 }
  let failing: { busy: number } | 'lost' | undefined
  let ears: Ears | undefined
  let count = 0
  const heard = (): Ears => {
    if (!ears) throw new Error('nobody listens')
    return ears
  }
  const replaced = new Map<string, string>()
  const cuts: string[] = []
  const note = async (...request: Recorded['asked'][number]): Promise<void> => {
    const at = cuts.indexOf(request.join(' '))
    if (at >= 0) cuts.splice(at, 1)
    if (at >= 0) throw new Error('the connection was cut')
    asked.push(request)
  }
  const wire: Wire = {
    me: ME,
    current: () => contact.current,
    up: () => contact.up,
    lag: () => contact.lag,
    start: async given => {
      ears = given
    },
    room: id => rooms.get(id),
    rooms: () => [...rooms.values()],
    missing: id => {
      throw new Undeliverable(`the bot is not in ${id}`)
    },
    goesOn: id => replaced.get(id),
    named: async alias => {
      await note('named', alias)
      return [...rooms.values()].find(({ aliases }) => aliases.includes(alias))?.id
    },
    nameOf: user => (user === ME ? 'Animatore' : user.slice(1, user.indexOf(':'))),
    send: async (room, type, content, txn) => {
      const how = failing
      failing = undefined
      if (typeof how === 'object') throw new Busy(how.busy)
      const known = sent.find(each => each.room === room && each.txn === txn)
      const id = known?.id ?? `$sent${sent.length}`
      if (!known) sent.push({ id, room, type, content: structuredClone(content) as Record<string, unknown>, txn })
      if (how === 'lost') throw new Error('the connection was cut')
      return id
    },
    takeBack: (room, event) => note('takeBack', room, event),
    ownReactions: async (_room, event) => {
      const on = sent.filter(({ type, content }) => type === 'm.reaction' && relation(content)?.event_id === event)
      return new Map(on.map(({ id, content }) => [relation(content)?.key ?? '', id]))
    },
    upload: async (_room, { name, bytes }): Promise<Media> => {
      const url = `mxc://example.org/${name}`
      files.set(url, bytes)
      return { url }
    },
    download: async ({ url }) => {
      await note('download', url)
      const bytes = files.get(url)
      if (!bytes) throw new Undeliverable('download: 404')
      return bytes
    },
    openDirect: async (user, isAsking) => {
      const known = [...rooms.values()].find(({ direct }) => direct === user)
      if (known) return known.id
      if (isAsking()) throw new Error('she is asking the bot in')
      const id = `!direct${rooms.size}:example.org`
      rooms.set(id, { id, direct: user, aliases: [], encrypted: true })
      return id
    },
    markDirect: (user, room) => note('markDirect', user, room),
    join: room => note('join', room),
    decline: (room, reason) => note('decline', room, reason),
    typing: (room, on) => note('typing', room, String(on)),
    read: (room, event) => note('read', room, event),
    stop: async () => {},
  }
  return {
    wire,
    sent,
    asked,
    rooms,
    files,
    contact,
    fail: how => {
      failing = how
    },
    cut: (...request) => void cuts.push(request.join(' ')),
    invite: invitation => heard().invited(invitation),
    hear: async event => {
      count += 1
      const usual = {
        id: `$heard${count}`,
        type: 'm.room.message',
        sender: '',
        content: {},
        age: 1000,
        beforeMe: false,
      }
      const whole = { ...usual, ...event }
      if (whole.type === 'm.room.tombstone')
        replaced.set(whole.room, (whole.content as { replacement_room: string }).replacement_room)
      await heard().heard(whole)
      return whole.id
    },
  }
}

const relation = (content: Record<string, unknown>) =>
  content['m.relates_to'] as { event_id: string; key: string } | undefined

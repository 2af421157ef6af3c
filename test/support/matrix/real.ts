// A community on a real homeserver: the bot's own client at work, people who write with theirs, and what these could read.
import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, vi } from 'vitest'
import { openWire } from '#src/platforms/matrix/sdk/client.ts'
import type { Ears, Wire } from '#src/platforms/matrix/wire.ts'
import { isUnable } from '#src/storage/failures.ts'
import { type Arrivals, openArrivals, walk } from './arrivals.ts'
import { type Content, pressOf, withinOneThread } from './clients.ts'
import { type Crowd, type Inhabitant, openCrowd, WITHIN } from './crowd.ts'
import type { Homestead } from './ground.ts'
import type { Registered } from './homeserver.ts'
import { received, uploaded } from './luggage.ts'

/** One for the process, as is the folder in which its bots keep their keys. */
let crowd: Crowd | undefined
let folder: string | undefined

const HIDDEN = { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }
const local = (user: string): string => user.slice(1, user.indexOf(':'))

interface Land extends Homestead {
  crowd: Crowd
  bot: Registered
  host: Inhabitant
  encrypted: boolean
  running?: { wire: Wire; ears: Ears }
  arrivals: Arrivals
  unseen: Homestead['sent']
  /** Reactions that stand, each by who pressed what. */
  pressed: Map<string, string>
}

export async function realHomeserver({ encrypted }: { encrypted: boolean }): Promise<Homestead> {
  crowd ??= openCrowd(inject('homeserver'))
  const { hs, person } = crowd
  const [bot, host] = [await hs.register(`animatore-${randomUUID()}`), await person('host')]
  const land: Land = {
    ...{ crowd, bot, host, encrypted, arrivals: openArrivals(), unseen: [], pressed: new Map() },
    ...{ sent: [], rooms: new Map(), files: new Map() },
    wire: parts => wired(parts, land),
    people: async users => void (await Promise.all(users.map(each => person(local(each))))),
    place: (alias, inside) => furnish(alias, inside, land),
    hear: event => happens(event, land),
    caughtUp: () => caughtUp(land),
  }
  return land
}

/** The bot's own, as anywhere else; what it sends is noted, and so is what it is done with. */
async function wired({ memory, log }: Parameters<Homestead['wire']>[0], land: Land): Promise<Wire> {
  folder ??= mkdtempSync(join(tmpdir(), 'animatore-matrix-'))
  const { user, password } = land.bot
  const wire = await openWire({ homeserver: land.crowd.hs.url, user, password, folder, memory, isUnable, log })
  return {
    ...wire,
    start: ears => {
      land.running = { wire, ears }
      return wire.start({ ...ears, heard: event => land.arrivals.pass(event, ears.heard) })
    },
    send: async (room, type, content, txn) => {
      const id = await wire.send(room, type, content, txn)
      if (land.sent.some(each => each.id === id)) return id
      const one = { id, room, type, content: {}, txn }
      land.sent.push(one)
      land.unseen.push(one)
      return id
    },
    openDirect: async (user, isAsking) => {
      const id = await wire.openDirect(user, isAsking)
      stands(id, user, land)
      return id
    },
  }
}

function stands(id: string, user: string, { rooms, encrypted }: Land): void {
  for (const each of rooms.values()) if (each.direct === user) rooms.delete(each.id)
  rooms.set(id, { id, direct: user, aliases: [], encrypted })
}

async function furnish(alias: string, inside: readonly string[], { crowd: { hs, person }, host, ...land }: Land) {
  await hs.call('DELETE', `/_matrix/client/v3/directory/room/${encodeURIComponent(alias)}`, host.token).catch(() => {})
  const { room_id: id } = await host.client.createRoom({
    // Nobody has to be invited: it is the bot that is looked at here, and an invitation costs as much as a message.
    preset: 'public_chat' as never,
    room_alias_name: local(alias),
    name: local(alias),
    initial_state: land.encrypted ? [HIDDEN] : [],
  })
  for (const user of inside)
    await hs.call('POST', `/_matrix/client/v3/join/${id}`, (await person(local(user))).token, {})
  land.rooms.set(id, { id, aliases: [alias], encrypted: land.encrypted })
}

/** Somebody does it, and the bot has heard of it. What carries an id that came before comes once more, as after a crash. */
async function happens(event: Parameters<Homestead['hear']>[0], land: Land): Promise<string> {
  const { id: given, sender = '' } = event
  if (given !== undefined && land.arrivals.has(given)) {
    const again = await land.arrivals.of(given).promise
    await land.running?.ears.heard({ ...again, age: 0 })
    return again.id
  }
  const noted = given === undefined ? undefined : land.arrivals.of(given)
  const who = await land.crowd.person(local(sender))
  const room = await within(event.room, who, land)
  if (event.type === 'm.room.member') return walks({ ...event, room }, who, land)
  const files = { hidden: await isHidden(room, who), files: land.files }
  const content = withinOneThread(await uploaded(event.content ?? {}, who, files), land.sent)
  if (event.type === 'm.reaction') await takesBack(room, content, who, land)
  const { event_id: id } = await who.client.sendEvent(room, (event.type ?? 'm.room.message') as never, content as never)
  if (event.type === 'm.reaction') land.pressed.set(pressOf(content, who.user), id)
  noted?.resolve(await land.arrivals.of(id).promise)
  await land.arrivals.of(id).promise
  return id
}

/** A reaction stands once: pressed again it is gone, and only then can it be given anew. */
async function takesBack(room: string, content: Content, who: Inhabitant, { pressed }: Land): Promise<void> {
  const earlier = pressed.get(pressOf(content, who.user))
  if (earlier !== undefined) await who.client.redactEvent(room, earlier)
}

const isHidden = async (room: string, { client }: Inhabitant): Promise<boolean> =>
  (await client.getCrypto()?.isEncryptionEnabledInRoom(room)) === true

async function walks(event: Parameters<Homestead['hear']>[0], who: Inhabitant, land: Land): Promise<string> {
  const { client } = who
  const comes = (event.content as { membership?: string }).membership === 'join'
  if (comes && client.getRoom(event.room)?.getMyMembership() === 'join') {
    // Whoever comes in was not there: that she had to leave for it is nothing to the bot.
    const leaves = { ...event, content: { membership: 'leave' } }
    land.arrivals.hush(walk(leaves))
    await walks(leaves, who, land)
    // A client that does not know yet that it left asks for nothing.
    await vi.waitUntil(() => client.getRoom(event.room)?.getMyMembership() !== 'join', WITHIN)
  }
  const way = walk({ content: {}, ...event })
  land.arrivals.forget(way)
  const done = land.arrivals.of(way)
  if (comes) await client.joinRoom(event.room)
  else await client.leave(event.room)
  return (await done.promise).id
}

/** Whoever speaks in a place was there before: how she came is nothing to the bot. */
async function comesUnheard(room: string, who: Inhabitant, land: Land): Promise<void> {
  if (who.client.getRoom(room)?.getMyMembership() !== 'join') {
    const comes = { room, sender: who.user, stateKey: who.user, content: { membership: 'join' } }
    land.arrivals.hush(walk(comes))
    await walks(comes, who, land)
  }
  await sees(room, who, land)
}

/** The room where she speaks: her own with the bot is made when there is none. */
async function within(room: string, who: Inhabitant, land: Land): Promise<string> {
  const known = land.rooms.get(room)
  if (known && !known.direct) {
    await comesUnheard(room, who, land)
    return room
  }
  const own = [...land.rooms.values()].find(({ id, direct }) => direct === who.user && !id.startsWith('!dm-'))
  const id = own?.id ?? (await direct(who, land))
  await sees(id, who, land)
  return id
}

async function direct({ user, client }: Inhabitant, land: Land): Promise<string> {
  const { room_id: id } = await client.createRoom({
    is_direct: true,
    invite: [land.bot.user],
    preset: 'trusted_private_chat' as never,
    initial_state: land.encrypted ? [HIDDEN] : [],
  })
  await vi.waitUntil(() => land.running?.wire.room(id)?.direct === user, WITHIN)
  stands(id, user, land)
  return id
}

/** What she says before she knows that the bot is there is sealed without it. */
async function sees(room: string, { client }: Inhabitant, { bot }: Land): Promise<void> {
  const isThere = (): boolean =>
    client.getRoom(room)?.getMyMembership() === 'join' &&
    client.getRoom(room)?.getMember(bot.user)?.membership === 'join'
  await vi.waitUntil(isThere, WITHIN)
}

/** What was sent, as those it was sent to have read it. */
async function caughtUp({ crowd: { sight }, unseen, files }: Land): Promise<void> {
  for (const sent of unseen.splice(0)) {
    const { content, by } = await sight(sent.id)
    sent.content = await received(content, by, files)
  }
}

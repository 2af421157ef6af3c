// The whole bot on a real homeserver, with the demo community in it.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished } from 'vitest'
import { parse, stringify } from 'yaml'
import { demoKit } from '#src/kit/demo.ts'
import type { Store } from '#src/storage/database.ts'
import { accountNamed } from '#src/storage/members.ts'
import { placesOf } from '#src/storage/places.ts'
import { type BotOptions, type Running, startBot } from './bot.ts'
import { type Homeserver, homeserver, type Registered } from './homeserver.ts'
import { type MatrixPerson, matrixPerson } from './person.ts'

export interface World {
  hs: Homeserver
  bot: Registered
  as(person: string, store?: Store): Promise<MatrixPerson>
  /** Somebody goes into a place of the kit. */
  invite(person: MatrixPerson, place: string): Promise<void>
  /** A room that no other test knows, with the bot and somebody in it. */
  freshRoom(person: MatrixPerson): Promise<string>
  /** The room of a place of the kit. */
  room(place: string): string
  now: () => Temporal.Instant
  moveTo(at: string): Promise<void>
  start(): Promise<Running>
  stop(): Promise<void>
  running(): Running
  /** What the bot is started with, for another process. */
  settings: BotOptions
}
interface Kit {
  people: { person: string; name: string; accounts?: Record<string, string> }[]
  places: { place: string; matrix?: string; web?: string }[]
}

/** One folder for all: a process keeps its Matrix state in one place. */
const folder = mkdtempSync(join(tmpdir(), 'animatore-matrix-'))

interface WorldOptions {
  encrypted: boolean
  recoveryKey?: string
  /** Those who have an account here; the others, and all places, are on another platform too. Everybody is here alone, without. */
  only?: readonly string[]
  /** Where the homeserver is reached by the bot. */
  by?: (homeserver: string) => Promise<string>
  /** Called with what ends it; at the end of the test, without. */
  finally?: (end: () => Promise<void>) => void
}
export async function matrixWorld(options: WorldOptions): Promise<World> {
  const { only, finally: atTheEnd = onTestFinished } = options
  const hs = homeserver(inject('homeserver'))
  const kit = parse(demoKit()) as Kit
  // They live on Matrix alone, unless another platform runs beside it.
  for (const person of kit.people) {
    const here = { matrix: `@${hs.fresh(person.person)}:localhost` }
    person.accounts = only ? { ...person.accounts, ...(only.includes(person.person) && here) } : here
  }
  for (const place of kit.places) {
    place.matrix = `#${hs.fresh(place.place)}:localhost`
    if (!only) delete place.web
  }
  const bot = await hs.register(hs.fresh('bot'))
  const host = await hs.register(hs.fresh('host'))
  const rooms = new Map<string, string>()
  for (const { place } of kit.places) rooms.set(place, await makeRoom(hs, host, bot, hs.fresh(place), options))
  const db = join(mkdtempSync(join(tmpdir(), 'animatore-world-')), 'test.db')
  const world = { hs, bot, host, rooms, folder, db, kit: stringify(kit), ...options }
  const settings: BotOptions = {
    homeserver: (await options.by?.(hs.url)) ?? hs.url,
    user: bot.user,
    password: bot.password,
    db,
    kit: world.kit,
    folder,
    ...(options.recoveryKey && { recoveryKey: options.recoveryKey }),
  }
  const people = new Map<string, MatrixPerson>()
  let running: Running | undefined
  const open = () => {
    if (!running) throw new Error('the bot is not running')
    return running
  }
  const stop = async (): Promise<void> => {
    await running?.close()
    running = undefined
  }
  atTheEnd(async () => {
    for (const person of people.values()) person.stop()
    await stop()
  })
  return {
    hs,
    bot,
    settings,
    as: async (name, store = open().store) => {
      const known = people.get(name) ?? (await enter(name, world, store))
      people.set(name, known)
      return known
    },
    room: place => rooms.get(place) ?? '',
    invite: async ({ user, client }, place) => {
      const room = rooms.get(place) ?? ''
      await hs.call('POST', `/_matrix/client/v3/rooms/${room}/invite`, host.token, { user_id: user })
      await client.joinRoom(room)
    },
    freshRoom: async ({ user, client }) => {
      const room = await makeRoom(hs, host, bot, hs.fresh(`room${rooms.size}`), options)
      rooms.set(room, room)
      await hs.call('POST', `/_matrix/client/v3/rooms/${room}/invite`, host.token, { user_id: user })
      await client.joinRoom(room)
      // What she says before she knows that is sealed for nobody, or not at all.
      const knows = async () => ({
        encrypted: await client.getCrypto()?.isEncryptionEnabledInRoom(room),
        bot: client.getRoom(room)?.getMember(bot.user)?.membership,
      })
      await expect.poll(knows, { timeout: 30_000 }).toEqual({ encrypted: options.encrypted, bot: 'join' })
      return room
    },
    now: () => open().now(),
    moveTo: at => open().moveTo(at),
    start: async () => {
      running = await startBot(settings)
      return running
    },
    running: open,
    stop,
  }
}

type Made = { hs: Homeserver; bot: Registered; host: Registered; rooms: Map<string, string>; encrypted: boolean }

async function makeRoom(
  hs: Homeserver,
  host: Registered,
  bot: Registered,
  alias: string,
  { encrypted }: { encrypted: boolean },
): Promise<string> {
  const hidden = { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }
  const made = await hs.call('POST', '/_matrix/client/v3/createRoom', host.token, {
    preset: 'private_chat',
    room_alias_name: alias,
    name: alias,
    invite: [bot.user],
    initial_state: encrypted ? [hidden] : [],
  })
  return String(made.room_id)
}

/** Somebody of the kit on her own client, inside the rooms that concern her. */
async function enter(name: string, { hs, bot, host, rooms, encrypted }: Made, store: Store): Promise<MatrixPerson> {
  const account = await hs.register(hs.fresh(name))
  const member = await store.read(tx => accountNamed(tx, 'matrix', 'localhost', account.user))
  const places = member ? await store.read(tx => placesOf(tx, member.id, 'matrix')) : []
  for (const { id } of places) {
    const room = [...rooms].find(([place]) => id === `#${hs.fresh(place)}:localhost`)?.[1]
    await hs.call('POST', `/_matrix/client/v3/rooms/${room}/invite`, host.token, { user_id: account.user })
    await hs.call('POST', `/_matrix/client/v3/join/${room}`, account.token, {})
  }
  return matrixPerson({ homeserver: hs.url, account, bot: bot.user, encrypted })
}

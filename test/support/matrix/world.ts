// The whole bot on a real homeserver, with the demo community in it.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { parse, stringify } from 'yaml'
import { openClock } from '#src/cli/clock.ts'
import { matrixOf } from '#src/cli/matrix.ts'
import { readSettings } from '#src/config.ts'
import type { Platform } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { features } from '#src/features/index.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'
import { assemble, type Bot } from '#src/main.ts'
import { workers } from '#src/outward/workers.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { accountNamed } from '#src/storage/members.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { placesOf } from '#src/storage/places.ts'
import { type Homeserver, homeserver, type Registered } from './homeserver.ts'
import { type MatrixPerson, matrixPerson } from './person.ts'

export interface World {
  hs: Homeserver
  bot: Registered
  as(person: string): Promise<MatrixPerson>
  /** Somebody goes into a place of the kit. */
  invite(person: MatrixPerson, place: string): Promise<void>
  /** The room of a place of the kit. */
  room(place: string): string
  now: () => Temporal.Instant
  moveTo(at: string): Promise<void>
  start(): Promise<Running>
  stop(): Promise<void>
  running(): Running
  folder: string
  kit: string
}
export interface Running {
  store: Store
  bot: Bot
  errors: unknown[]
}
interface Kit {
  people: { person: string; name: string; accounts?: Record<string, string> }[]
  places: { place: string; matrix?: string }[]
}

/** One folder for all: a process keeps its Matrix state in one place. */
const folder = mkdtempSync(join(tmpdir(), 'animatore-matrix-'))

export async function matrixWorld(options: { encrypted: boolean; others?: readonly Platform[] }): Promise<World> {
  const hs = homeserver()
  const kit = parse(demoKit()) as Kit
  for (const person of kit.people)
    person.accounts = { ...person.accounts, matrix: `@${hs.fresh(person.person)}:localhost` }
  for (const place of kit.places) place.matrix = `#${hs.fresh(place.place)}:localhost`
  const bot = await hs.register(hs.fresh('bot'))
  const host = await hs.register(hs.fresh('host'))
  const rooms = new Map<string, string>()
  for (const { place } of kit.places) rooms.set(place, await makeRoom(hs, host, bot, hs.fresh(place), options))
  const db = join(mkdtempSync(join(tmpdir(), 'animatore-world-')), 'test.db')
  const world = { hs, bot, host, rooms, folder, db, kit: stringify(kit), ...options }
  const people = new Map<string, MatrixPerson>()
  let running: (Running & { moveTo: World['moveTo']; now: World['now']; close(): Promise<void> }) | undefined
  const open = () => {
    if (!running) throw new Error('the bot is not running')
    return running
  }
  const stop = async (): Promise<void> => {
    await running?.close()
    running = undefined
  }
  onTestFinished(async () => {
    for (const person of people.values()) person.stop()
    await stop()
  })
  return {
    ...world,
    as: async name => {
      const known = people.get(name) ?? (await enter(name, world, open().store))
      people.set(name, known)
      return known
    },
    room: place => rooms.get(place) ?? '',
    invite: async ({ user, client }, place) => {
      const room = rooms.get(place) ?? ''
      await hs.call('POST', `/_matrix/client/v3/rooms/${room}/invite`, host.token, { user_id: user })
      await client.joinRoom(room)
    },
    now: () => open().now(),
    moveTo: at => open().moveTo(at),
    start: async () => {
      running = await startBot(world)
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

async function startBot({
  hs,
  bot: account,
  db,
  kit,
  others = [],
}: Made & { db: string; kit: string; others?: readonly Platform[] }) {
  const errors: unknown[] = []
  const log: Log = {
    info: () => {},
    warn: (fields, what) => void (process.env.SHOW_LOG && console.warn(what, fields)),
    error: (fields, what) => errors.push([what, fields]),
  }
  const store = await openStore(db)
  const clock = await openClock(memoryOf(store, 'stage'), Temporal.Instant.from('2027-01-11T09:00:00Z'))
  const prepare = preparing(kit, openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' }))
  await store.transaction(tx => prepare(tx, clock.now()))
  const settings = readSettings({
    DATA_DIR: join(folder),
    MATRIX_HOMESERVER_URL: hs.url,
    MATRIX_USER_ID: account.user,
    MATRIX_PASSWORD: account.password,
  })
  const matrix = await matrixOf(settings, { store, log, now: clock.now })
  if (!matrix) throw new Error('no Matrix in the settings')
  let tail: Promise<void> = Promise.resolve()
  const wake = (): void => {
    tail = tail.then(() => bot.settle()).catch(error => void errors.push(error))
  }
  const bot: Bot = assemble({ store, features, platforms: [matrix, ...others], workers, now: clock.now, log, wake })
  await bot.start()
  return {
    store,
    bot,
    errors,
    now: clock.now,
    moveTo: async (at: string) => {
      await tail
      await clock.moveTo(Temporal.Instant.from(at), bot)
    },
    close: async () => {
      await tail
      await bot.stop()
    },
  }
}

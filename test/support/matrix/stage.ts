// The whole bot on a homeserver in memory, driven by the lines of a rehearsal: any scenario can be told on Matrix.
import { eq } from 'drizzle-orm'
import { openClock } from '#src/cli/clock.ts'
import type { StageOptions } from '#src/cli/stage.ts'
import { features } from '#src/features/index.ts'
import { assemble } from '#src/main.ts'
import { workers as usual } from '#src/outward/workers.ts'
import { openStore, queries, type Store } from '#src/storage/database.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { placesOf } from '#src/storage/places.ts'
import { accounts, places } from '#src/storage/schema.ts'
import { type Homestead, openGround } from './ground.ts'
import { handsOn, platformOn, user } from './hands.ts'
import { type Line, played } from './player.ts'
import { reporting } from './report.ts'

export interface MatrixStageOptions extends Pick<StageOptions, 'prepare' | 'at' | 'workers' | 'draw' | 'log'> {
  db: string
  out: (line: object) => void
}

/** The homeserver of a database outlives the bot: opened again, it is the same. */
const homeservers = new Map<string, Homestead>()

export async function openMatrixStage({ db, prepare, at, workers = usual, draw, log, out }: MatrixStageOptions) {
  const store = await openStore(db)
  const clock = await openClock(memoryOf(store, 'stage'), at)
  await store.transaction(tx => prepare(tx, clock.now()))
  const server = homeservers.get(db) ?? (await openGround())
  homeservers.set(db, server)
  await onMatrix(store, server)
  const wire = await server.wire({ memory: memoryOf(store, 'matrix'), log })
  const platform = platformOn({ wire }, store, { now: clock.now, log })
  const rest = { workers, now: clock.now, log, ...(draw && { draw }) }
  const bot = assemble({ store, features, platforms: [platform], ...rest })
  const { report, eventOf } = reporting(server, out)
  const settle = async (): Promise<void> => {
    await bot.settle()
    await server.caughtUp()
  }
  await bot.start()
  await settle()
  const hands = handsOn(server, settle)
  const scene = {
    server,
    store,
    bot,
    hands,
    eventOf,
    now: clock.now,
    out,
    settle,
    moveTo: (to: Temporal.Instant) => clock.moveTo(to, bot),
  }
  await report(bot.intake)
  return {
    now: clock.now,
    store,
    play: async (line: Line) => {
      await played(line, scene)
      await report(bot.intake)
    },
    close: bot.stop,
  }
}

/** Everybody and everything that the kit put into the local workspace is on Matrix instead. */
async function onMatrix(store: Store, server: Homestead): Promise<void> {
  const moved = await store.transaction(async tx => {
    const people = await queries(tx).select().from(accounts).where(eq(accounts.platform, 'web'))
    for (const { id, account } of people)
      await queries(tx)
        .update(accounts)
        .set({ ...THERE, account: user(account) })
        .where(eq(accounts.id, id))
    const rooms = await queries(tx).select().from(places).where(eq(places.platform, 'web'))
    for (const { id, address } of rooms)
      await queries(tx)
        .update(places)
        .set({ ...THERE, address: `${address}:example.org` })
        .where(eq(places.id, id))
    return { people, rooms }
  })
  await server.people(moved.people.map(({ account }) => user(account)))
  const inside = await insideOf(store, moved.people)
  await Promise.all(
    moved.rooms.map(({ address }) => server.place(`${address}:example.org`, inside(`${address}:example.org`))),
  )
}
const THERE = { platform: 'matrix' as const, workspace: 'example.org' }

/** Who is in a place, by its address. */
async function insideOf(store: Store, people: readonly { account: string; member: string }[]) {
  const places = new Map<string, string[]>()
  for (const { account, member } of people)
    for (const { id } of await store.read(tx => placesOf(tx, member, 'matrix')))
      places.set(id, [...(places.get(id) ?? []), user(account)])
  return (address: string): string[] => places.get(address) ?? []
}

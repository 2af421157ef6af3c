// The whole bot on a homeserver in memory, driven by the lines of a rehearsal: any scenario can be told on Matrix.
import { eq } from 'drizzle-orm'
import { openClock } from '#src/cli/clock.ts'
import type { StageOptions } from '#src/cli/stage.ts'
import { features } from '#src/features/index.ts'
import { assemble } from '#src/main.ts'
import { workers as usual } from '#src/outward/workers.ts'
import { openStore, queries, type Store } from '#src/storage/database.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { accounts, places } from '#src/storage/schema.ts'
import { handsOn, platformOn, user } from './hands.ts'
import { type Line, played } from './player.ts'
import { type Recorded, recordedHomeserver } from './recorded.ts'
import { reporting } from './report.ts'

export interface MatrixStageOptions extends Pick<StageOptions, 'prepare' | 'at' | 'workers' | 'draw' | 'log'> {
  db: string
  out: (line: object) => void
}

/** The homeserver of a database outlives the bot: opened again, it is the same. */
const homeservers = new Map<string, Recorded>()

export async function openMatrixStage({ db, prepare, at, workers = usual, draw, log, out }: MatrixStageOptions) {
  const store = await openStore(db)
  const clock = await openClock(memoryOf(store, 'stage'), at)
  await store.transaction(tx => prepare(tx, clock.now()))
  const server = homeservers.get(db) ?? recordedHomeserver()
  homeservers.set(db, server)
  await onMatrix(store, server)
  const platform = platformOn(server, store, { now: clock.now, log })
  const rest = { workers, now: clock.now, log, ...(draw && { draw }) }
  const bot = assemble({ store, features, platforms: [platform], ...rest })
  const { report, eventOf } = reporting(server, out)
  await bot.start()
  await bot.settle()
  const hands = handsOn(server, bot.settle)
  const scene = {
    server,
    store,
    bot,
    hands,
    eventOf,
    now: clock.now,
    out,
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
const onMatrix = (store: Store, server: Recorded): Promise<void> =>
  store.transaction(async tx => {
    const there = { platform: 'matrix' as const, workspace: 'example.org' }
    for (const { id, account } of await queries(tx).select().from(accounts).where(eq(accounts.platform, 'web')))
      await queries(tx)
        .update(accounts)
        .set({ ...there, account: user(account) })
        .where(eq(accounts.id, id))
    for (const { id, address } of await queries(tx).select().from(places).where(eq(places.platform, 'web'))) {
      const alias = `${address}:example.org`
      const room = `!${address.slice(1)}:example.org`
      server.rooms.set(room, { id: room, aliases: [alias], encrypted: true })
      await queries(tx)
        .update(places)
        .set({ ...there, address: alias })
        .where(eq(places.id, id))
    }
  })

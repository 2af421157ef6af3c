// The bot in a terminal and in rehearsals: put together on one file, with a clock that can be moved.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Tx } from '#src/core/feature.ts'
import type { Memory } from '#src/core/memory.ts'
import type { Platform } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { features } from '#src/features/index.ts'
import { type Assembly, assemble, type Bot } from '#src/main.ts'
import { workers } from '#src/outward/workers.ts'
import { consolePlatform, dmOf, WORKSPACE } from '#src/platforms/console/adapter.ts'
import type { Shown } from '#src/platforms/console/draw.ts'
import type { Stage } from '#src/platforms/console/stage.ts'
import { openTranscript } from '#src/platforms/console/transcript.ts'
import { presenceIn } from '#src/platforms/presence.ts'
import { openStore, type Store, type StoreOptions } from '#src/storage/database.ts'
import { engineOf, pathIn } from '#src/storage/engine.ts'
import { LARGEST_FILE } from '#src/storage/files.ts'
import { accountNamed, accountOn } from '#src/storage/members.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { boundPlace, placesOf } from '#src/storage/places.ts'
import { type Clock, openClock } from './clock.ts'

export interface StageOptions {
  /** The database, by its file or its address; a temporary one without. */
  db?: string
  /** What every opening begins with: applying a kit. */
  prepare: (tx: Tx, now: Temporal.Instant) => Promise<void>
  /** Where the clock stands when the database is new. */
  at: Temporal.Instant
  asks: Platform['asks']
  log: Log
  show: (message: Shown) => void
  out: (line: object) => void
  /** Platforms that run beside the console. */
  beside?: (parts: { store: Store; now: () => Temporal.Instant }) => readonly Platform[] | Promise<readonly Platform[]>
  /** What does the errands; the real ones without. */
  workers?: Assembly['workers']
  /** What draws the charts; the real one without. */
  draw?: Assembly['draw']
  /** What tests watch, to make the process die there. */
  watch?: { wrote?: StoreOptions['wrote']; sent?: Assembly['sent'] }
}

/** Opens the database, prepares it and starts the bot: ready for the first line. */
export async function openStage(options: StageOptions): Promise<{ bot: Bot; stage: Stage; store: Store }> {
  const { watch = {}, log, asks, show } = options
  const file = options.db ?? join(mkdtempSync(join(tmpdir(), 'animatore-')), 'rehearsal.db')
  const store = await openStore(file, watch.wrote ? { wrote: watch.wrote } : {})
  // What the console keeps is the server's part, as Slack's would be: on a connection of its own.
  const server = await openStore(file)
  const memory = memoryOf(store, 'stage')
  const clock = await openClock(memory, options.at)
  await store.transaction(tx => options.prepare(tx, clock.now()))
  const transcript = await openTranscript(memoryOf(server, 'console'))
  const accountOf = (id: string) => store.read(async tx => (await accountOn(tx, id, 'web'))?.account)
  const console = consolePlatform({
    transcript,
    asks,
    show,
    accountOf,
    folder: folderBeside(file),
    stopped: server.close,
  })
  const platforms = [console, ...((await options.beside?.({ store, now: clock.now })) ?? [])]
  const assembly = { store, features, platforms, workers: options.workers ?? workers, now: clock.now, log }
  const { draw } = options
  const bot = assemble({ ...assembly, ...(watch.sent && { sent: watch.sent }), ...(draw && { draw }) })
  await bot.start()
  await bot.settle()
  return { bot, store, stage: stageOn(bot, store, memory, clock, { transcript, out: options.out }) }
}

/** Where the files are put that come with messages: beside a database that is a file. */
const folderBeside = (address: string): string =>
  engineOf(address) === 'sqlite'
    ? join(dirname(pathIn(address)), 'files')
    : mkdtempSync(join(tmpdir(), 'animatore-files-'))

function stageOn(bot: Bot, store: Store, memory: Memory, clock: Clock, rest: Pick<Stage, 'transcript' | 'out'>): Stage {
  const person: Stage['person'] = async account => {
    const known = await store.read(tx => accountNamed(tx, 'web', WORKSPACE, account))
    // Who asked to be forgotten and writes again is somebody new.
    const wasHere = !known && rest.transcript.latest(({ to }) => to === dmOf(account)) !== undefined
    return wasHere ? bot.intake.member({ platform: 'web', workspace: WORKSPACE, account, name: account }) : known
  }
  const placesAtFirst = async (account: string): Promise<string[]> => {
    const member = await person(account)
    return member ? (await store.read(tx => placesOf(tx, member.id, 'web'))).map(({ id }) => id) : []
  }
  return {
    ...rest,
    intake: bot.intake,
    now: clock.now,
    person,
    presence: presenceIn(memory, placesAtFirst),
    placeExists: id =>
      store.read(async tx => Boolean(await boundPlace(tx, { platform: 'web', workspace: WORKSPACE, id }))),
    settle: bot.settle,
    moveTo: at => clock.moveTo(at, bot),
    nextEventId: async () => {
      const count = Number((await memory.get('events')) ?? 0) + 1
      await memory.set({ events: count })
      return `e${count}`
    },
    largestFile: LARGEST_FILE,
  }
}

// The bot in a terminal, and its rehearsals: put together on one file, with a clock that can be moved.
import { tmpdir } from 'node:os'
import { mkdtempSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Tx } from '#src/core/feature.ts'
import type { Member } from '#src/core/interaction.ts'
import type { Platform } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { features } from '#src/features/index.ts'
import { type Assembly, assemble, type Bot } from '#src/main.ts'
import { workers } from '#src/outward/workers.ts'
import { consolePlatform, type Shown, WORKSPACE } from '#src/platforms/console/adapter.ts'
import { presenceIn } from '#src/platforms/console/presence.ts'
import type { Stage } from '#src/platforms/console/rehearsal.ts'
import { openTranscript } from '#src/platforms/console/transcript.ts'
import { openStore, type Store, type StoreOptions } from '#src/storage/database.ts'
import { LARGEST_FILE } from '#src/storage/files.ts'
import { accountNamed, accountOn } from '#src/storage/members.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { boundPlace, placesOf } from '#src/storage/places.ts'

export interface ChatOptions {
  /** The database; a temporary one without. */
  db?: string
  /** What every opening begins with: applying a kit. */
  prepare: (tx: Tx, now: Temporal.Instant) => Promise<void>
  /** Where the clock stands when the database is new. */
  at: Temporal.Instant
  asks: Platform['asks']
  log: Log
  show: (message: Shown) => void
  out: (line: object) => void
  /** What tests watch, to make the process die there. */
  watch?: { committed?: StoreOptions['committed']; sent?: Assembly['sent'] }
}
export interface Chat {
  bot: Bot
  stage: Stage
  store: Store
}

/** Opens the database, applies the kit, starts the bot: ready for the first line. */
export async function openChat(options: ChatOptions): Promise<Chat> {
  const file = options.db ?? join(mkdtempSync(join(tmpdir(), 'animatore-')), 'rehearsal.db')
  const store = await openStore(file, options.watch?.committed ? { committed: options.watch.committed } : {})
  const memory = memoryOf(store, 'console')
  let clock = await firstMoment(memory, options.at)
  const now = (): Temporal.Instant => clock
  await store.transaction(tx => options.prepare(tx, now()))
  const transcript = await openTranscript(memory)
  const platform = consolePlatform({
    transcript,
    asks: options.asks,
    show: options.show,
    accountOf: id => store.read(async tx => (await accountOn(tx, id, 'web'))?.account),
    folder: join(dirname(file), 'files'),
  })
  const bot = assemble({
    store, features, platforms: [platform], workers, now, log: options.log,
    ...(options.watch?.sent && { sent: options.watch.sent }),
  })
  const person = (account: string): Promise<Member | undefined> => store.read(tx => accountNamed(tx, 'web', WORKSPACE, account))
  const stage: Stage = {
    intake: bot.intake,
    transcript,
    now,
    person,
    placeExists: async id => (await store.read(tx => boundPlace(tx, { platform: 'web', workspace: WORKSPACE, id }))) !== undefined,
    presence: presenceIn(memory, async account => {
      const someone = await person(account)
      return someone ? store.read(async tx => (await placesOf(tx, someone.id, 'web')).map(({ id }) => id)) : []
    }),
    settle: bot.settle,
    moveTo: async at => {
      if (Temporal.Instant.compare(at, clock) < 0) return `the clock stands at ${clock} and does not go back`
      for (;;) {
        const due = await bot.nextDue()
        const stop = due !== undefined && due < at.epochMilliseconds
        const next = stop ? Math.max(due, clock.epochMilliseconds) : at.epochMilliseconds
        const moved = next > clock.epochMilliseconds
        clock = Temporal.Instant.fromEpochMilliseconds(next)
        if (moved) await memory.set({ clock: clock.toString() })
        await bot.settle()
        if (!stop) return undefined
      }
    },
    nextEventId: async () => {
      const count = Number((await memory.get('events')) ?? 0) + 1
      await memory.set({ events: count })
      return `e${count}`
    },
    largestFile: LARGEST_FILE,
    out: options.out,
  }
  await bot.start()
  return { bot, stage, store }
}

/** The moment at which the clock was left, or the one to begin with. */
async function firstMoment(memory: ReturnType<typeof memoryOf>, at: Temporal.Instant): Promise<Temporal.Instant> {
  const kept = await memory.get('clock')
  if (typeof kept === 'string' && Temporal.Instant.compare(Temporal.Instant.from(kept), at) >= 0) return Temporal.Instant.from(kept)
  await memory.set({ clock: at.toString() })
  return at
}

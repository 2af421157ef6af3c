// The local workspace, put together: the bot on one file, a clock that runs and can be moved on, and the page it is seen in.
import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Tx } from '#src/core/feature.ts'
import type { Log } from '#src/core/ports.ts'
import { features } from '#src/features/index.ts'
import { assets } from '#src/http/assets.ts'
import { boundedBodies, localOnly, safeHeaders } from '#src/http/guard.ts'
import type { Bindings } from '#src/http/server.ts'
import type { Page } from '#src/http/watching.ts'
import { type Assembly, assemble, type Bot } from '#src/main.ts'
import { workers } from '#src/outward/workers.ts'
import { presenceIn } from '#src/platforms/presence.ts'
import { webPlatform } from '#src/platforms/web/adapter.ts'
import { openHistory, turns } from '#src/platforms/web/history.ts'
import { marksIn } from '#src/platforms/web/marks.ts'
import { openNews } from '#src/platforms/web/news.ts'
import { pendings } from '#src/platforms/web/pending.ts'
import { routes } from '#src/platforms/web/routes.ts'
import { type Person, type Time, WORKSPACE, type Workspace } from '#src/platforms/web/workspace.ts'
import { peopleOn } from '#src/storage/accounts.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { LARGEST_FILE } from '#src/storage/files.ts'
import { accountNamed } from '#src/storage/members.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { organization } from '#src/storage/organizations.ts'
import { knownPlaces, placesOf } from '#src/storage/places.ts'
import { rolesOf } from '#src/storage/roles.ts'
import { writable } from '#src/storage/writable.ts'
import { firstSteps } from './first-steps.ts'
import { openRunningClock, type RunningClock } from './running-clock.ts'
import { watchOver } from './watch.ts'
import { files } from './workspace-files.ts'

export interface WorkspaceOptions {
  db: string
  /** What every opening begins with: applying a kit. */
  prepare: (tx: Tx, now: Temporal.Instant) => Promise<void>
  /** Where the clock starts when the database is new: the real now without it. */
  at?: Temporal.Instant
  home: { locale: string; timezone: string }
  log: Log
  workers?: Assembly['workers']
}
export interface OpenWorkspace {
  app: Hono<{ Bindings: Bindings }>
  bot: Bot
  /** What the clock of the trial shows. */
  now: () => Temporal.Instant
  /** Ends what never ends by itself: the pages that listen for news. */
  hush(): void
  stop(): Promise<void>
}

export async function openWorkspace(options: WorkspaceOptions): Promise<OpenWorkspace> {
  const store = writable(await openStore(options.db))
  const memory = memoryOf(store, 'web')
  const clock = await openRunningClock(memory, options.at)
  await store.transaction(tx => options.prepare(tx, clock.now()))
  const began = Number((await memory.get('began')) ?? clock.now().epochMilliseconds)
  await memory.set({ began })
  const news = openNews(randomUUID().slice(0, 8))
  const history = openHistory(memory, news.changed)
  const people = () => store.read(peopleIn)
  const web = webPlatform({ history, people, now: clock.now })
  const { log } = options
  const core = { store, platforms: [web], now: clock.now }
  const { observe, pages } = watchOver(core)
  const bot = assemble({ ...core, features, workers: options.workers ?? workers, log, observe })
  await bot.start()
  const time = timeOf(bot, clock, news.version)
  const workspace: Workspace = {
    intake: bot.intake,
    history,
    presence: presenceIn(memory, account => placesAtFirst(store, account)),
    marks: marksIn(memory),
    news,
    pending: pendings(),
    people,
    rooms: () => store.read(tx => knownPlaces(tx, 'web', WORKSPACE)),
    jobs: () => store.read(tx => firstSteps(tx, began)),
    time,
    settle: time.settle,
    largestFile: LARGEST_FILE,
    locales: bot.language.locales,
    home: options.home,
  }
  const stopBeating = beating(time, log)
  const stop = async (): Promise<void> => {
    stopBeating()
    await time.settled(() => bot.stop())
  }
  return { app: appOf(workspace, pages, log), bot, now: clock.now, stop, hush: news.end }
}

/** Any page may be loaded by whoever sits here, and by nobody else. */
const appOf = (workspace: Workspace, watching: readonly Page[], log: Log): OpenWorkspace['app'] =>
  new Hono<{ Bindings: Bindings }>()
    .onError((error, c) => {
      log.error({ error, path: c.req.path }, 'a page failed')
      return c.text('500', 500)
    })
    .use(safeHeaders(), localOnly(), boundedBodies())
    .use(...watching)
    .route('/assets', assets(files))
    .route('/', routes(workspace))

async function peopleIn(tx: Tx): Promise<Person[]> {
  const people: Person[] = []
  for (const { account, member } of await peopleOn(tx, 'web', WORKSPACE)) {
    const { id, name, locale, timezone } = member
    const works = member.organization ? await organization(tx, member.organization) : undefined
    const roles = [...(await rolesOf(tx, id))]
    people.push({ id, name, locale, timezone, account, roles, ...(works && { organization: works.name }) })
  }
  return people
}

async function placesAtFirst(store: Store, account: string): Promise<string[]> {
  const member = await store.read(tx => accountNamed(tx, 'web', WORKSPACE, account))
  return member ? (await store.read(tx => placesOf(tx, member.id, 'web'))).map(({ id }) => id) : []
}

type Moving = Time & Pick<Workspace, 'settle'> & { settled: <T>(work: () => Promise<T>) => Promise<T> }

/** A page waits no longer than this for what its act set off, in milliseconds; the rest shows when it is there. */
const PATIENCE = 1500
/** So many things that nobody hears of may fall due before the way to the next event is given up for now. */
const QUIET = 60

/** What moves the bot on: one thing at a time, whoever asks. */
function timeOf(bot: Bot, clock: RunningClock, version: () => string): Moving {
  const settled = turns()
  const settle = (): Promise<void> => settled(bot.settle)
  const next = async (): Promise<Temporal.Instant | undefined> => {
    const due = await bot.nextDue()
    return due === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(due)
  }
  return {
    settled,
    now: clock.now,
    next,
    moveTo: at => settled(() => clock.moveTo(at, bot)),
    toNextEvent: () =>
      settled(async () => {
        const before = version()
        for (let quiet = 0; quiet < QUIET && version() === before; quiet += 1) {
          const due = await next()
          if (due) await clock.moveTo(due, bot)
        }
      }),
    settle: async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, PATIENCE)
      await Promise.race([settle(), promise])
      clearTimeout(timer)
    },
  }
}

/** Time passes by itself too. */
function beating(time: Pick<Moving, 'settle'>, log: Log): () => void {
  const timer = setInterval(() => {
    time.settle().catch(error => log.error({ error }, 'could not settle'))
  }, 5000)
  return () => clearInterval(timer)
}

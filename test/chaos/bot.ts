// The bot in a process of its own, which can be killed: the real one, with a feature that posts what the plan says.

import { setTimeout as wait } from 'node:timers/promises'
import { matrixOf } from '#src/cli/matrix.ts'
import { slackOf } from '#src/cli/slack.ts'
import { readSettings } from '#src/config.ts'
import type { Place } from '#src/core/interaction.ts'
import type { Platform } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { assemble, type Bot } from '#src/main.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { engine } from '#src/storage/engine.ts'
import { memberOf } from '#src/storage/members.ts'
import type { Blows } from './blows.ts'
import { movingClock } from './clock.ts'
import { dice } from './dice.ts'
import { chaos } from './feature.ts'
import { plan, type Size, serverOf } from './plan.ts'
import type { Server } from './server.ts'
import { hardenPostgres } from './storage-postgres.ts'
import { hardenSqlite } from './storage-sqlite.ts'

export interface Life {
  seed: number
  /** Which process, and the how manieth life of it: each has faults of its own. */
  life: string
  /** Whether anything may still go wrong. */
  mortal: boolean
  database: string
  folder: string
  at: string
  size: Size
  servers: Server[]
  /** Breaks the bot: it forgets to look whether an interrupted post arrived. */
  forgetful: boolean
}
export type Told = { clock: number } | { blow: string } | { idle: true } | { log: string }

const given: Life = JSON.parse(process.argv[2] ?? '{}')
const tell = (told: Told): void => void process.send?.(told)
const throws = dice(given.seed)
const die = (): void => void process.kill(process.pid, 'SIGKILL')
const clock = movingClock(Temporal.Instant.from(given.at), at => tell({ clock: at }))

const blows: Blows = { kill: die, jump: clock.jump, tell: blow => tell({ blow }) }

async function openHardened(): Promise<Store> {
  const { database, life, mortal } = given
  if (mortal && engine() === 'sqlite') hardenSqlite(database, throws, life, blows)
  const store = await openStore(database)
  return mortal && engine() === 'postgres' ? hardenPostgres(store, throws, life, blows) : store
}

const told = (fields: object, what: string): void =>
  tell({ log: `${what}: ${'error' in fields ? String(fields.error) : JSON.stringify(fields)}` })
const log: Log = { info: () => {}, warn: told, error: told }

/** Everybody of the plan, each on her own server. */
async function peopleIn(store: Store): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < given.size.people; at += 1) {
    const { platform, workspace, people } = serverOf(given.servers, at)
    const account = people[at] ?? ''
    ids.push(
      (await store.transaction(tx => memberOf(tx, { platform, workspace, account, name: account }, clock.now()))).id,
    )
  }
  return ids
}

function placeOf(at: number): Place {
  const { platform, workspace, places } = serverOf(given.servers, at)
  return { platform, workspace, id: places[at] ?? '', direct: false, locale: 'it', timezone: 'Europe/Rome' }
}

const SENT_KILLED = 0.004
let sent = 0
function reached(): void {
  sent += 1
  if (given.mortal && throws(`sent ${given.life}`, sent) < SENT_KILLED) die()
}

interface Living {
  platform: Platform
  idle?: () => Promise<void>
}
async function platformOn(server: Server, store: Store): Promise<Living> {
  const settings = readSettings({ ...server.settings, DATA_DIR: given.folder })
  const parts = { store, log, now: clock.now }
  if (server.platform === 'matrix') return { platform: await matrixOf(settings, parts) }
  const platform = await slackOf(settings, parts)
  return { platform, idle: platform.idle }
}

async function open(): Promise<{ bot: Bot; living: Living[] }> {
  const store = await openHardened()
  const people = await peopleIn(store)
  const living: Living[] = []
  for (const server of given.servers) living.push(await platformOn(server, store))
  const platforms = living.map(({ platform }) => platform)
  if (given.forgetful) for (const platform of platforms) platform.find = async () => undefined
  const places = Array.from({ length: given.size.places }, (_, at) => placeOf(at))
  const features = [chaos(plan(throws, given.size), { people, places })]
  const bot = assemble({ store, features, platforms, workers: {}, ...clock, log, sent: reached })
  await bot.start()
  return { bot, living }
}

/** Does what is due, again and again; where nothing is, time passes to when something will be. */
async function live({ bot, living }: Awaited<ReturnType<typeof open>>): Promise<never> {
  for (;;) {
    try {
      await bot.settle()
      for (const { idle } of living) await idle?.()
      const due = await bot.nextDue()
      if (due === undefined) tell({ idle: true })
      else if (due > clock.now().epochMilliseconds) clock.skipTo(due)
    } catch (error) {
      tell({ log: `what was due could not be done: ${String(error)}` })
    }
    await wait(5)
  }
}

/** A blow that comes so early ends this life: the run begins another. */
function unborn(error: unknown): Promise<never> {
  process.send?.({ log: `it could not start: ${String(error)}` } satisfies Told, die)
  return new Promise(() => {})
}

process.on('disconnect', () => process.exit())
await live(await open().catch(unborn))

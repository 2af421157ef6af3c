// The bot in a process of its own, which can be killed: the real one, with a feature that posts what the plan says.

import { setTimeout as wait } from 'node:timers/promises'
import { slackOf } from '#src/cli/slack.ts'
import { readSettings } from '#src/config.ts'
import type { Place } from '#src/core/interaction.ts'
import type { Log } from '#src/core/ports.ts'
import { assemble, type Bot } from '#src/main.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { memberOf } from '#src/storage/members.ts'
import { movingClock } from './clock.ts'
import { dice } from './dice.ts'
import { chaos } from './feature.ts'
import { plan, type Size } from './plan.ts'
import type { Server } from './server.ts'
import { hardenStorage } from './storage.ts'

export interface Life {
  seed: number
  /** Its number, and which of several processes it is: each life has faults of its own. */
  life: string
  /** Whether anything may still go wrong. */
  mortal: boolean
  database: string
  at: string
  size: Size
  server: Server
  /** Breaks the bot: it forgets to look whether an interrupted post arrived. */
  forgetful: boolean
}
export type Told = { clock: number } | { blow: string } | { idle: true } | { log: string }

const given: Life = JSON.parse(process.argv[2] ?? '{}')
const tell = (told: Told): void => void process.send?.(told)
const throws = dice(given.seed)
const die = (): void => void process.kill(process.pid, 'SIGKILL')
const clock = movingClock(Temporal.Instant.from(given.at), at => tell({ clock: at }))

if (given.mortal) {
  hardenStorage(given.database, throws, given.life, { kill: die, jump: clock.jump, tell: blow => tell({ blow }) })
}

const log: Log = {
  info: () => {},
  warn: () => {},
  error: (fields, what) =>
    tell({ log: `${what}: ${'error' in fields ? String(fields.error) : JSON.stringify(fields)}` }),
}

async function peopleIn(store: Store): Promise<string[]> {
  const { workspace, people } = given.server
  const ids: string[] = []
  for (const account of people) {
    const native = { platform: 'slack' as const, workspace, account, name: account }
    ids.push((await store.transaction(tx => memberOf(tx, native, clock.now()))).id)
  }
  return ids
}

const placeOf = (id: string): Place => ({
  platform: 'slack',
  workspace: given.server.workspace,
  id,
  direct: false,
  locale: 'it',
  timezone: 'Europe/Rome',
})

const SENT_KILLED = 0.004
let sent = 0
function reached(): void {
  sent += 1
  if (given.mortal && throws(`sent ${given.life}`, sent) < SENT_KILLED) die()
}

async function open(): Promise<{ bot: Bot; busy: () => Promise<void> }> {
  const store = await openStore(given.database)
  const people = await peopleIn(store)
  const platform = await slackOf(readSettings(given.server.settings), { store, log, now: clock.now })
  if (!platform) throw new Error('no Slack in the settings')
  if (given.forgetful) platform.find = async () => undefined
  const features = [chaos(plan(throws, given.size), { people, places: given.server.places.map(placeOf) })]
  const bot = assemble({ store, features, platforms: [platform], workers: {}, now: clock.now, log, sent: reached })
  await bot.start()
  return { bot, busy: platform.idle }
}

/** Does what is due, again and again; where nothing is, time passes to when something will be. */
async function live({ bot, busy }: Awaited<ReturnType<typeof open>>): Promise<never> {
  for (;;) {
    try {
      await bot.settle()
      await busy()
      const due = await bot.nextDue()
      if (due === undefined) tell({ idle: true })
      else if (due > clock.now().epochMilliseconds) clock.skipTo(due)
    } catch (error) {
      tell({ log: `what was due could not be done: ${String(error)}` })
    }
    await wait(5)
  }
}

process.on('disconnect', () => process.exit())
await live(await open())

// The whole bot on a Slack of our own, driven by the lines of a rehearsal.

import { and, eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { openClock } from '#src/cli/clock.ts'
import { slackOf } from '#src/cli/slack.ts'
import type { StageOptions } from '#src/cli/stage.ts'
import { readSettings } from '#src/config.ts'
import type { Limits } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { features } from '#src/features/index.ts'
import { native } from '#src/http/native.ts'
import { type Bindings, listen } from '#src/http/server.ts'
import { assemble, type Bot } from '#src/main.ts'
import { workers as usual } from '#src/outward/workers.ts'
import type { SlackPlatform } from '#src/platforms/slack/adapter.ts'
import { scopes as asked } from '#src/platforms/slack/scopes.ts'
import { openStore, queries, type Store } from '#src/storage/database.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { placesOf } from '#src/storage/places.ts'
import { accounts, members, places } from '#src/storage/schema.ts'
import { draw as once } from '#test/support/drawing.ts'
import type { Json } from './draw.ts'
import { type Line, played, type Scene, settled } from './player.ts'
import { namesIn, told } from './report.ts'
import { openRig, type Rig } from './rig.ts'

export interface SlackStageOptions extends Pick<StageOptions, 'prepare' | 'at' | 'workers' | 'draw' | 'beside'> {
  db: string
  mode: 'socket' | 'http'
  log: Log
  out: (line: Json) => void
  scopes?: readonly string[]
  wake?: () => void
  limits?: Limits
  /** Whether an error in the log fails the line that caused it. */
  strict?: boolean
}
export interface SlackStage {
  rig: Rig
  bot: Bot
  store: Store
  platform: SlackPlatform
  scene: Scene
  now: () => Temporal.Instant
  play(line: Line): Promise<void>
  /** Tells what became visible since the last time. */
  report(): void
  close(): Promise<void>
}

/** The workspace of a database outlives the bot: opened again, it is the same. */
const workspaces = new Map<string, Rig>()

export async function openSlackStage(options: SlackStageOptions): Promise<SlackStage> {
  const store = await openStore(options.db)
  const clock = await openClock(memoryOf(store, 'stage'), options.at)
  await store.transaction(tx => options.prepare(tx, clock.now()))
  const rig = workspaces.get(options.db) ?? (await workspaceOf(store, options))
  workspaces.set(options.db, rig)
  await inSlack(store, rig)
  const failures: unknown[] = []
  const error: Log['error'] = (fields, what) =>
    options.strict === false ? options.log.error(fields, what) : failures.push([what, fields])
  const log: Log = { ...options.log, error }
  const platform = await platformOn(rig, store, log, clock.now)
  const { workers = usual, wake, beside, draw = once } = options
  const others = (await beside?.({ store, now: clock.now })) ?? []
  let reported = rig.screen.changes.length
  // A clock that stands still would never let the second post in a channel go: here Slack takes everything at once.
  const unhurried = { ...platform, limits: options.limits ?? { parallel: 8 } }
  const assembly = { store, features, platforms: [unhurried, ...others], workers, now: clock.now, log, draw }
  const bot = assemble({ ...assembly, ...(wake && { wake }) })
  const server = await listening(rig, platform)
  await bot.start()
  await bot.settle()
  const scene: Scene = { rig, bot, platform, now: clock.now, out: options.out, moveTo: at => clock.moveTo(at, bot) }
  const names = await namesIn(scene)
  const report = (): void => {
    for (const change of rig.screen.changes.slice(reported)) for (const line of told(change, names)) options.out(line)
    reported = rig.screen.changes.length
    const refused = rig.api.refused.splice(0)
    if (refused.length > 0) throw new Error(`Slack refused ${JSON.stringify(refused)}`)
    const failed = failures.splice(0)
    if (failed.length > 0) throw failureOf(failed[0])
  }
  // What fell due while it was down has gone out as it started.
  report()
  return {
    rig,
    bot,
    store,
    platform,
    scene,
    now: clock.now,
    report,
    play: async line => {
      await played(line, scene)
      report()
    },
    close: async () => {
      await settled(scene)
      await bot.stop()
      await server?.()
    },
  }
}

function failureOf(failed: unknown): Error {
  const [what, { error }] = failed as [string, { error?: unknown }]
  return error instanceof Error ? error : new Error(`${what}: ${JSON.stringify(failed)}`)
}

export async function closeWorkspaces(): Promise<void> {
  for (const rig of workspaces.values()) await rig.close()
  workspaces.clear()
}

/** A workspace with the people and places that the kit names. */
async function workspaceOf(store: Store, { mode, scopes = Object.keys(asked) }: SlackStageOptions): Promise<Rig> {
  const people = await store.read(tx =>
    queries(tx)
      .select({
        id: members.id,
        name: accounts.account,
        realName: members.name,
        locale: members.locale,
        zone: members.timezone,
      })
      .from(accounts)
      .innerJoin(members, eq(members.id, accounts.member))
      .where(eq(accounts.platform, 'web')),
  )
  const rows = await store.read(tx => queries(tx).select().from(places).where(eq(places.platform, 'web')))
  const inside = new Map<string, string[]>()
  for (const { id, name } of people) {
    for (const place of await store.read(tx => placesOf(tx, id, 'web')))
      inside.set(place.id, [...(inside.get(place.id) ?? []), name])
  }
  const channels = rows.map(({ address }) => ({ name: address.slice(1), members: inside.get(address) ?? [] }))
  return openRig({ mode, people, channels, scopes })
}

/** Everybody and everything that the kit put into the local workspace is in Slack instead. */
const inSlack = (store: Store, rig: Rig): Promise<void> =>
  store.transaction(async tx => {
    const local = { platform: 'slack' as const, workspace: rig.team }
    for (const { id, account } of await queries(tx).select().from(accounts).where(eq(accounts.platform, 'web'))) {
      const user = rig.users.get(account) ?? account
      await queries(tx)
        .delete(accounts)
        .where(and(eq(accounts.platform, 'slack'), eq(accounts.account, user)))
      await queries(tx)
        .update(accounts)
        .set({ ...local, account: user })
        .where(eq(accounts.id, id))
    }
    for (const { id, address } of await queries(tx).select().from(places).where(eq(places.platform, 'web'))) {
      const channel = rig.channels.get(address.slice(1)) ?? address
      await queries(tx)
        .delete(places)
        .where(and(eq(places.platform, 'slack'), eq(places.address, channel)))
      await queries(tx)
        .update(places)
        .set({ ...local, address: channel })
        .where(eq(places.id, id))
    }
  })

async function platformOn(rig: Rig, store: Store, log: Log, now: () => Temporal.Instant): Promise<SlackPlatform> {
  const { token, appToken, secret } = rig.bot
  const settings = readSettings({
    SLACK_BOT_TOKEN: token,
    SLACK_API_URL: rig.api.url,
    ...(rig.mode === 'http' ? { SLACK_SIGNING_SECRET: secret } : { SLACK_APP_TOKEN: appToken }),
  })
  const platform = await slackOf(settings, { store, log, now })
  return platform
}

/** Our own server, for signed requests. */
async function listening(rig: Rig, { listener }: SlackPlatform): Promise<(() => Promise<void>) | undefined> {
  if (!listener) return undefined
  const app = new Hono<{ Bindings: Bindings }>().post('/slack/events', native(listener))
  const server = await listen(app, { host: '127.0.0.1', port: 0 })
  rig.sendTo(`${server.address}/slack/events`)
  return server.stop
}

// A community that lives on its platforms, put together: the bot on the live database and the real clock, and what our server answers.
import { Hono } from 'hono'
import type { Settings } from '#src/config.ts'
import type { Tx } from '#src/core/feature.ts'
import type { Account, Platform } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { features } from '#src/features/index.ts'
import { safeHeaders } from '#src/http/guard.ts'
import { native } from '#src/http/native.ts'
import type { Bindings } from '#src/http/server.ts'
import type { Page } from '#src/http/watching.ts'
import { assemble, type Bot } from '#src/main.ts'
import { workers } from '#src/outward/workers.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { memberOf } from '#src/storage/members.ts'
import { placesByPlatform } from '#src/storage/places.ts'
import { grant } from '#src/storage/roles.ts'
import { setting, speakUntilTheKit } from '#src/storage/settings.ts'
import { writable } from '#src/storage/writable.ts'
import { openPulse } from './live.ts'
import { matrix } from './matrix.ts'
import type { OpenedPlatform, PlatformOpener } from './opener.ts'
import { databaseOf } from './shell.ts'
import { slack } from './slack.ts'
import { watchOver } from './watch.ts'

/** Every platform that a community can live on. */
const openers: readonly PlatformOpener[] = [slack, matrix]

/** Whether the settings name a platform: without one, there is only the local trial. */
export const isLive = (settings: Settings): boolean => openers.some(({ named }) => named(settings))

export interface LiveCommunity {
  bot: Bot
  /** The platforms it lives on, by their own names. */
  platforms: string[]
  /** Whether a kit says what the community is. */
  described: boolean
  /** Our own server: health, and what platforms bring. It answers from now on, also while the bot still starts. */
  app: Hono<{ Bindings: Bindings }>
  /** Goes to the platforms, and from then on does what is due. */
  start(): Promise<void>
  /** Finishes what was being done; what waits is done at the next start. */
  stop(): Promise<void>
}

/** `slack:T1/U1` or `matrix:@admin:example.org`. */
function accountNamed(written: string): Pick<Account, 'platform' | 'workspace' | 'account'> | undefined {
  const [, workspace, user] = /^slack:([^/]+)\/(.+)$/.exec(written) ?? []
  if (workspace && user) return { platform: 'slack', workspace, account: user }
  const [, account, server] = /^matrix:(@[^:]+:(.+))$/.exec(written) ?? []
  return account && server ? { platform: 'matrix', workspace: server, account } : undefined
}

/** Those whom the settings name may do everything. Who is not named any more stays what the kit made of her. */
async function appoint(named: readonly string[], tx: Tx, at: Temporal.Instant): Promise<void> {
  for (const each of named) {
    const account = accountNamed(each)
    if (!account) continue
    const member = await memberOf(tx, { ...account, name: account.account }, at)
    await grant(tx, member.id, 'administrator', '', at)
  }
}

/** Nothing is said in the places of a platform that does not run. */
async function tellLeftOut(store: Store, running: readonly Platform[], log: Log): Promise<void> {
  for (const { platform, count } of await store.read(placesByPlatform))
    if (!running.some(({ name }) => name === platform))
      log.warn({ platform, places: count }, 'nothing is said in the places of a platform that does not run')
}

/** Opens the live database and every platform that the settings name. Throws `WrongSettings` when some are missing. */
export async function openCommunity(settings: Settings, log: Log): Promise<LiveCommunity> {
  const now = Temporal.Now.instant
  const store = writable(await openStore(databaseOf(settings)))
  const named = openers.filter(each => each.named(settings))
  const opened: OpenedPlatform[] = []
  try {
    const { DEFAULT_LOCALE: locale, DEFAULT_TIMEZONE: timezone } = settings
    await store.transaction(tx => speakUntilTheKit(tx, { locale, timezone }))
    for (const { open } of named) opened.push(await open(settings, { store, log, now }))
    await store.transaction(tx => appoint(settings.ADMINS, tx, now()))
  } catch (error) {
    await store.close()
    throw error
  }
  const platforms = opened.map(({ platform }) => platform)
  const pulse = openPulse({ log, now })
  const { observe, pages } = watchOver({ store, platforms, now, token: settings.METRICS_TOKEN })
  const clocks = { now, elapsed: () => performance.now() }
  const bot = assemble({ store, features, platforms, workers, ...clocks, log, wake: pulse.wake, observe })
  return {
    bot,
    platforms: named.map(({ title }) => title),
    described: (await store.read(tx => setting(tx, 'programme'))) !== undefined,
    app: served(pages, opened),
    start: async () => {
      await tellLeftOut(store, platforms, log)
      await bot.start()
      pulse.drive(bot)
    },
    // First nothing new comes in, then what came in is finished, then the database is closed.
    stop: async () => {
      for (const platform of platforms) await platform.stop()
      await pulse.stop()
      await bot.stop()
    },
  }
}

function served(pages: readonly Page[], opened: readonly OpenedPlatform[]): LiveCommunity['app'] {
  const app: LiveCommunity['app'] = new Hono()
  app.use(safeHeaders(), ...pages)
  for (const { answers = {} } of opened) {
    for (const [path, listener] of Object.entries(answers)) app.post(path, native(listener))
  }
  return app
}

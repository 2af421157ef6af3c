import type { RequestListener } from 'node:http'
import type { Settings } from '#src/config.ts'
import type { Tx } from '#src/core/feature.ts'
import type { Log } from '#src/core/ports.ts'
import { features } from '#src/features/index.ts'
import { assemble, type Bot } from '#src/main.ts'
import { workers } from '#src/outward/workers.ts'
import { openStore } from '#src/storage/database.ts'
import { grant, memberOf } from '#src/storage/members.ts'
import { openPulse } from './live.ts'
import { slackOf } from './slack.ts'

/** A community that lives on its platforms, on the real clock. */
export interface LiveCommunity {
  bot: Bot
  /** Takes Slack's signed requests, for our own server at `/slack/events`; undefined over a socket. */
  slackRequests: RequestListener | undefined
  /** Finishes what was being done; what waits is done at the next start. */
  stop(): Promise<void>
}

/** Those whom the settings name may do everything. Who is not named any more stays what the kit made of her. */
async function appoint(named: readonly string[], tx: Tx, at: Temporal.Instant): Promise<void> {
  for (const each of named) {
    const [, workspace, account] = /^slack:([^/]+)\/(.+)$/.exec(each) ?? []
    if (!workspace || !account) continue
    const member = await memberOf(tx, { platform: 'slack', workspace, account, name: account }, at)
    await grant(tx, member.id, 'administrator', '', at)
  }
}

/** Opens the live database and goes to every platform that the settings name; undefined when they name none. */
export async function openCommunity(settings: Settings, log: Log): Promise<LiveCommunity | undefined> {
  const now = Temporal.Now.instant
  const store = await openStore(settings.DATABASE_URL)
  const slack = await slackOf(settings, { store, log, now })
  if (!slack) {
    await store.close()
    return undefined
  }
  await store.transaction(tx => appoint(settings.ADMINS, tx, now()))
  const pulse = openPulse({ log, now })
  const bot = assemble({ store, features, platforms: [slack], workers, now, log, wake: pulse.wake })
  await bot.start()
  pulse.drive(bot)
  return {
    bot,
    slackRequests: slack.listener,
    // First nothing new comes in, then what came in is finished, then the database is closed.
    stop: async () => {
      await slack.stop()
      await pulse.stop()
      await bot.stop()
    },
  }
}

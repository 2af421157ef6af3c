// What `bot start` serves: the local trial, or a community on its platforms.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '#src/config.ts'
import type { Markdown, Translate } from '#src/core/message.ts'
import type { Answering } from '#src/http/server.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'
import { openCommunity } from './community.ts'
import { openLog } from './log.ts'
import { complain, databaseOf, shownAddress } from './shell.ts'
import { trialBegins } from './trial.ts'
import { openWorkspace } from './workspace.ts'

export interface Served extends Answering {
  /** Begins what needs more than our own server. */
  start(): Promise<void>
  /** What whoever started it reads, once it runs at this address. */
  says(address: string): Markdown
  /** Ends what never ends by itself: the pages that listen for news. */
  hush(): void
  stop(): Promise<void>
}

export async function servedTrial(settings: Settings, t: Translate, at?: Temporal.Instant): Promise<Served> {
  mkdirSync(settings.DATA_DIR, { recursive: true })
  const home = { locale: settings.DEFAULT_LOCALE, timezone: settings.DEFAULT_TIMEZONE }
  const workspace = await openWorkspace({
    db: join(settings.DATA_DIR, 'demo.db'),
    prepare: preparing(demoKit(), t),
    home,
    log: openLog(settings.LOG_LEVEL === 'info' ? 'warn' : settings.LOG_LEVEL),
    at: at ?? trialBegins(Temporal.Now.instant(), home.timezone),
  })
  const { app, now, hush, stop } = workspace
  const says = (address: string): Markdown =>
    isAhead(now())
      ? t('shell.start.openLater', { address, moment: t.moment(now()) })
      : t('shell.start.open', { address })
  return { fetch: app.fetch, start: async () => {}, says, hush, stop }
}

const isAhead = (now: Temporal.Instant): boolean => now.since(Temporal.Now.instant()).total('minutes') > 1

/** A database that takes longer than this to open is one that is waited for, in milliseconds. */
const NOTICED = 2000

export async function servedCommunity(settings: Settings, t: Translate): Promise<Served> {
  const notice = setTimeout(() => {
    complain(t, t('shell.start.waiting', { path: shownAddress(databaseOf(settings)) }))
  }, NOTICED)
  const opened = openCommunity(settings, openLog(settings.LOG_LEVEL)).finally(() => clearTimeout(notice))
  const { app, start, stop, platforms, described } = await opened
  if (!described) complain(t, t('shell.start.noKit'))
  const says = (address: string): Markdown => t('shell.start.live', { platforms: t.list(platforms), address })
  return { fetch: app.fetch, start, says, hush: () => {}, stop }
}

// What `bot start` serves: the local trial, or a community on its platforms.
import { join } from 'node:path'
import { isGiven, type Settings } from '#src/config.ts'
import type { Markdown, Translate } from '#src/core/message.ts'
import type { Answering } from '#src/http/server.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'
import { aloneOn } from './alone.ts'
import { openCommunity } from './community.ts'
import { openLog } from './log.ts'
import { ifEmpty } from './rehearsing.ts'
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
  const db = join(settings.DATA_DIR, 'demo.db')
  // Whoever named one expects to find the trial in it.
  if (isGiven('DATABASE_URL')) complain(t, t('shell.start.ownDatabase', { path: db }))
  const home = { locale: settings.DEFAULT_LOCALE, timezone: settings.DEFAULT_TIMEZONE }
  const log = openLog(settings.LOG_LEVEL === 'info' ? 'warn' : settings.LOG_LEVEL)
  const start = at ?? trialBegins(Temporal.Now.instant(), home.timezone)
  return alone(db, 0, async () => {
    const { app, now, hush, stop } = await openWorkspace({
      db,
      prepare: ifEmpty(preparing(demoKit(), t)),
      home,
      log,
      at: start,
    })
    const says = (address: string): Markdown =>
      isAhead(now())
        ? t('shell.start.openLater', { address, moment: t.moment(now()) })
        : t('shell.start.open', { address })
    return { fetch: app.fetch, start: async () => {}, says, hush, stop }
  })
}

const isAhead = (now: Temporal.Instant): boolean => now.since(Temporal.Now.instant()).total('minutes') > 1

/** A database that takes longer than this to open is one that is waited for, in milliseconds. */
const NOTICED = 2000
/** The bot before this one has so long to stop: where containers are exchanged, both run for a moment. In milliseconds. */
const HANDOVER = 20_000

export async function servedCommunity(settings: Settings, t: Translate): Promise<Served> {
  const database = databaseOf(settings)
  const notice = setTimeout(() => complain(t, t('shell.start.waiting', { path: shownAddress(database) })), NOTICED)
  return alone(database, HANDOVER, async () => {
    const { app, start, stop, platforms, described } = await openCommunity(settings, openLog(settings.LOG_LEVEL))
    if (!described) complain(t, t('shell.start.noKit'))
    const says = (address: string): Markdown => t('shell.start.live', { platforms: t.list(platforms), address })
    return { fetch: app.fetch, start, says, hush: () => {}, stop }
  }).finally(() => clearTimeout(notice))
}

/** What is served by the only bot on its file, until it has stopped. */
async function alone(database: string, patience: number, open: () => Promise<Served>): Promise<Served> {
  const free = await aloneOn(database, patience)
  try {
    const served = await open()
    return { ...served, stop: () => served.stop().finally(free) }
  } catch (error) {
    free()
    throw error
  }
}

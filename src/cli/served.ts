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
import { complain } from './shell.ts'
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
  const workspace = await openWorkspace({
    db: join(settings.DATA_DIR, 'demo.db'),
    prepare: preparing(demoKit(), t),
    home: { locale: settings.DEFAULT_LOCALE, timezone: settings.DEFAULT_TIMEZONE },
    log: openLog(settings.LOG_LEVEL === 'info' ? 'warn' : settings.LOG_LEVEL),
    ...(at && { at }),
  })
  const { app, hush, stop } = workspace
  return { fetch: app.fetch, start: async () => {}, says: address => t('shell.start.open', { address }), hush, stop }
}

export async function servedCommunity(settings: Settings, t: Translate): Promise<Served> {
  const { app, start, stop, platforms, described } = await openCommunity(settings, openLog(settings.LOG_LEVEL))
  if (!described) complain(t, t('shell.start.noKit'))
  const says = (address: string): Markdown => t('shell.start.live', { platforms: t.list(platforms), address })
  return { fetch: app.fetch, start, says, hush: () => {}, stop }
}

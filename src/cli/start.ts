import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { openLog } from '#src/cli/log.ts'
import { askedToStop, type Step, stopAll } from '#src/cli/shutdown.ts'
import { type OpenWorkspace, openWorkspace } from '#src/cli/workspace.ts'
import type { Settings } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import { isLoopback } from '#src/http/guard.ts'
import { listen, PortTaken } from '#src/http/server.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'

/** With nothing configured: the demo community in a local workspace, until it is asked to stop. */
export async function start(settings: Settings, t: Translate, flags: { at?: string } = {}): Promise<number> {
  const at = flags.at === undefined ? undefined : instant(flags.at)
  if (flags.at !== undefined && !at) {
    process.stderr.write(`${t.plain(t('shell.chat.notAnInstant', { given: flags.at }))}\n`)
    return 2
  }
  if (!isLoopback(settings.HOST)) {
    process.stderr.write(`${t.plain(t('shell.start.onlyHere', { host: settings.HOST }))}\n`)
    return 1
  }
  try {
    return await serve(settings, t, at)
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error
    process.stderr.write(`${t.plain(t('shell.start.portTaken', { port: settings.PORT }))}\n`)
    return 1
  }
}

/** Takes its port before anything else: a second start must not open the same database. */
async function serve(settings: Settings, t: Translate, at?: Temporal.Instant): Promise<number> {
  const opening = Promise.withResolvers<OpenWorkspace>()
  const answer: Hono['fetch'] = async (...asked) => (await opening.promise).app.fetch(...asked)
  const server = await listen({ fetch: answer }, { host: settings.HOST, port: settings.PORT })
  try {
    const workspace = await open(settings, t, at)
    opening.resolve(workspace)
    process.stdout.write(`${t.plain(t('shell.start.open', { address: server.address }))}\n`)
    await askedToStop()
    const steps: Step[] = [
      ['news', workspace.hush],
      ['server', server.stop],
      ['bot', workspace.stop],
    ]
    return (await stopAll(steps, openLog(settings.LOG_LEVEL))) ? 0 : 1
  } finally {
    await server.stop()
  }
}

function open(settings: Settings, t: Translate, at?: Temporal.Instant): Promise<OpenWorkspace> {
  mkdirSync(settings.DATA_DIR, { recursive: true })
  return openWorkspace({
    db: join(settings.DATA_DIR, 'demo.db'),
    prepare: preparing(demoKit(), t),
    home: { locale: settings.DEFAULT_LOCALE, timezone: settings.DEFAULT_TIMEZONE },
    log: openLog(settings.LOG_LEVEL === 'info' ? 'warn' : settings.LOG_LEVEL),
    ...(at && { at }),
  })
}

const instant = (written: string): Temporal.Instant | undefined => {
  try {
    return Temporal.Instant.from(written)
  } catch {
    return undefined // whoever asked says so
  }
}

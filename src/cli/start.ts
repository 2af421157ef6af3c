import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openLog } from '#src/cli/log.ts'
import { openWorkspace } from '#src/cli/workspace.ts'
import type { Settings } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import { listen, PortTaken } from '#src/http/server.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'

/** With nothing configured: the demo community in a local workspace, until it is asked to stop. */
export async function start(settings: Settings, t: Translate, flags: { at?: string } = {}): Promise<number> {
  const tell = (line: string): void => void process.stdout.write(`${line}\n`)
  const at = flags.at === undefined ? undefined : instant(flags.at)
  if (flags.at !== undefined && !at) {
    process.stderr.write(`${t.plain(t('shell.chat.notAnInstant', { given: flags.at }))}\n`)
    return 2
  }
  mkdirSync(settings.DATA_DIR, { recursive: true })
  const workspace = await openWorkspace({
    db: join(settings.DATA_DIR, 'demo.db'),
    prepare: preparing(demoKit(), t),
    home: { locale: settings.DEFAULT_LOCALE, timezone: settings.DEFAULT_TIMEZONE },
    log: openLog(settings.LOG_LEVEL === 'info' ? 'warn' : settings.LOG_LEVEL),
    ...(at && { at }),
  })
  try {
    const server = await listen(workspace.app, { host: settings.HOST, port: settings.PORT })
    tell(t.plain(t('shell.start.open', { address: server.address })))
    await askedToStop()
    workspace.hush()
    await server.stop()
    return 0
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error
    process.stderr.write(`${t.plain(t('shell.start.portTaken', { port: settings.PORT }))}\n`)
    return 1
  } finally {
    await workspace.stop()
  }
}

const instant = (written: string): Temporal.Instant | undefined => {
  try {
    return Temporal.Instant.from(written)
  } catch {
    return undefined // whoever asked says so
  }
}

/** Resolves at the first signal to stop. */
function askedToStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  return promise
}

import { isLive } from '#src/cli/community.ts'
import { openLog } from '#src/cli/log.ts'
import { type Served, servedCommunity, servedTrial } from '#src/cli/served.ts'
import { complain, tell } from '#src/cli/shell.ts'
import { askedToStop, end, type Step, stopAll } from '#src/cli/shutdown.ts'
import type { Settings } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import { isLoopback } from '#src/http/guard.ts'
import { health, type Readiness } from '#src/http/health.ts'
import { type Answering, listen, PortTaken } from '#src/http/server.ts'

/**
 * The community on the platforms that the settings name, until it is asked to stop; with nothing configured, the demo community in a
 * local workspace. Returns the exit code.
 */
export async function start(settings: Settings, t: Translate, flags: { at?: string } = {}): Promise<number> {
  const live = isLive(settings)
  const at = flags.at === undefined ? undefined : instant(flags.at)
  const refused = refusal({ live, at }, settings, t, flags)
  if (refused) {
    complain(t, refused.says)
    return refused.code
  }
  try {
    return await serve(settings, t, () => (live ? servedCommunity(settings, t) : servedTrial(settings, t, at)))
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error
    complain(t, t('shell.start.portTaken', { port: settings.PORT }))
    return 1
  }
}

/** Why it is not even tried; 2 when the line was wrong, 1 when a setting is. */
function refusal(
  { live, at }: { live: boolean; at: Temporal.Instant | undefined },
  { HOST }: Settings,
  t: Translate,
  flags: { at?: string },
) {
  if (flags.at !== undefined && !at) return { code: 2, says: t('shell.chat.notAnInstant', { given: flags.at }) }
  if (live && at) return { code: 2, says: t('shell.start.realClock') }
  // Anybody who reaches the local trial may do anything there.
  if (!live && !isLoopback(HOST)) return { code: 1, says: t('shell.start.onlyHere', { host: HOST }) }
  return undefined
}

/** What a monitor hears before the database is there. */
const unopened: Readiness = { database: 'down', platforms: {}, outbox: { waiting: 0, age: 0, attempts: 0 } }

/** Takes its port before anything else: a second start must not open the same database. */
async function serve(settings: Settings, t: Translate, open: () => Promise<Served>): Promise<number> {
  const opening = Promise.withResolvers<Served>()
  let fetch: Answering['fetch'] = async (request, ...more) =>
    (await health(async () => unopened)(request)) ?? (await opening.promise).fetch(request, ...more)
  const answering: Answering = { fetch: (...asked) => fetch(...asked) }
  const server = await listen(answering, { host: settings.HOST, port: settings.PORT })
  try {
    const served = await open()
    opening.resolve(served)
    fetch = served.fetch
    const steps: Step[] = [
      ['news', served.hush],
      ['server', server.stop],
      ['bot', served.stop],
    ]
    try {
      await running(served, () => tell(t, served.says(server.address)))
    } catch (error) {
      await stopAll(steps, openLog('silent'))
      throw error
    }
    const code = (await stopAll(steps, openLog(settings.LOG_LEVEL))) ? 0 : 1
    end(code)
    return code
  } finally {
    await server.stop()
  }
}

/** Resolves when it is asked to stop, be it while it still starts; rejects when it cannot start. */
async function running({ start }: Served, started: () => void): Promise<void> {
  const asked = askedToStop()
  await Promise.race([start().then(started), asked])
  await asked
}

const instant = (written: string): Temporal.Instant | undefined => {
  try {
    return Temporal.Instant.from(written)
  } catch {
    return undefined // whoever asked says so
  }
}

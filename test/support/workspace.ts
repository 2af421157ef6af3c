import { onTestFinished } from 'vitest'
import { type OpenWorkspace, openWorkspace } from '#src/cli/workspace.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'
import { strict } from './community.ts'
import { freshDatabase } from './database.ts'

const home = { locale: 'it', timezone: 'Europe/Rome' }

/** The local workspace with the demo community, on a database of its own. */
export async function aWorkspace(options: { db?: string; at?: string } = {}): Promise<OpenWorkspace & { db: string }> {
  const db = options.db ?? (await freshDatabase('web'))
  const t = openLanguage().t(home)
  const at = Temporal.Instant.from(options.at ?? '2027-01-11T09:00:00Z')
  const open = await openWorkspace({ db, prepare: preparing(demoKit(), t), at, home, log: strict, workers: {} })
  let stopped = false
  const stop = async (): Promise<void> => {
    if (!stopped) await open.stop()
    stopped = true
  }
  onTestFinished(stop)
  return { ...open, stop, db }
}

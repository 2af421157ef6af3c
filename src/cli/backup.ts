import { existsSync, statSync } from 'node:fs'
import type { Settings } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import { backUp } from '#src/storage/backup.ts'
import { complain, databaseOf, isThere, tell } from './shell.ts'

/** Everything the bot keeps, in one file, while it goes on working. */
export async function backup(file: string, { db }: { db?: string }, settings: Settings, t: Translate): Promise<number> {
  const database = databaseOf(settings, db)
  if (!isThere(database)) {
    complain(t, t('shell.noDatabase', { path: database }))
    return 1
  }
  if (existsSync(file)) {
    complain(t, t('shell.exists', { path: file }))
    return 1
  }
  const { files } = await backUp(database, settings.DATA_DIR, file, Temporal.Now.instant())
  tell(t, t('shell.backup.done', { path: file, count: files, size: sizeOf(file, t) }))
  return 0
}

const sizeOf = (file: string, t: Translate): string => `${t.number(statSync(file).size / 1024 / 1024)} MB`

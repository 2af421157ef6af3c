import { existsSync } from 'node:fs'
import type { Settings } from '#src/config.ts'
import type { Markdown, Translate } from '#src/core/message.ts'
import { restore as bringBack, type NotRestored } from '#src/storage/restore.ts'
import { complain, databaseOf, shownAddress, tell } from './shell.ts'

/** Brings a backup back where nothing is yet. */
export async function restore(
  file: string,
  { db }: { db?: string },
  settings: Settings,
  t: Translate,
): Promise<number> {
  if (!existsSync(file)) {
    complain(t, t('shell.errors.noFile', { path: file }))
    return 1
  }
  const database = databaseOf(settings, db)
  const done = await bringBack(file, database, settings.DATA_DIR)
  if ('reason' in done) {
    complain(t, why(t, { ...done, path: shownAddress(done.path) }))
    return 1
  }
  tell(t, t('shell.restore.done', { path: shownAddress(database), moment: t.moment(done.made), count: done.files }))
  return 0
}

function why(t: Translate, { reason, path }: NotRestored): Markdown {
  switch (reason) {
    case 'not-a-backup':
      return t('shell.restore.notABackup', { path })
    case 'damaged':
      return t('shell.restore.damaged', { path })
    case 'newer':
      return t('shell.restore.newer', { path })
    case 'exists':
      return t('shell.restore.exists', { path })
    case 'in-use':
      return t('shell.move.inUse', { path })
  }
}

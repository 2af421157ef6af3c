import { inspectSettings, WrongSettings } from '#src/config.ts'
import type { Markdown, Translate } from '#src/core/message.ts'
import { Refused } from '#src/core/platform.ts'
import { UnusableKit } from '#src/kit/unusable.ts'
import { codeOf, isAway, isShut, MovedWrongly, NothingThere, NotUnicode } from '#src/storage/failures.ts'
import { UnusableDatabase } from '#src/storage/unusable.ts'
import { AnotherBot, NotRehearsed } from './alone.ts'
import { ofSettings } from './doctor/settings.ts'
import { shownAddress } from './shell.ts'

/** Each as the doctor says it, in the reader's words. */
const wrongSettings = (t: Translate): string =>
  ofSettings(t, inspectSettings())
    .filter(({ state }) => state === 'todo')
    .map(({ name, says }) => `${name}: ${t.plain(says)}`)
    .join('\n')

/** PostgreSQL's `invalid_catalog_name`. */
const NO_DATABASE = '3D000'

function aboutDatabase(error: unknown, t: Translate): Markdown | undefined {
  if (error instanceof AnotherBot) return t('shell.start.another', { path: error.file })
  if (error instanceof NotRehearsed) return t('shell.chat.notRehearsed', { path: shownAddress(error.address) })
  if (error instanceof UnusableDatabase) return t('shell.errors.newerDatabase')
  if (error instanceof MovedWrongly) return t('shell.move.wrong', { what: error.message })
  if (error instanceof NothingThere) return t('shell.noDatabase', { path: shownAddress(error.address) })
  if (error instanceof NotUnicode) return t('shell.doctor.database.notUnicode', { path: shownAddress(error.address) })
  if (isAway(error)) return t('shell.errors.awayDatabase')
  if (isShut(error))
    return t(codeOf(error) === NO_DATABASE ? 'shell.errors.absentDatabase' : 'shell.errors.shutDatabase')
  return undefined
}

/** Which file it is about: of a copy, the new one, as the other has been read by then. */
function pathIn(error: Error): string {
  if ('dest' in error && typeof error.dest === 'string') return error.dest
  return 'path' in error && typeof error.path === 'string' ? error.path : ''
}

/** A sentence for what can go wrong around any verb; undefined for a mistake of ours, which keeps its stack. */
export function explained(error: unknown, t: Translate): Markdown | undefined {
  if (error instanceof WrongSettings) return t('shell.errors.settings', { problems: wrongSettings(t) || error.message })
  if (error instanceof UnusableKit) return t.literal(error.message)
  if (error instanceof Refused) return t('shell.errors.refused', { platform: error.platform, reason: error.reason })
  const ofDatabase = aboutDatabase(error, t)
  if (ofDatabase) return ofDatabase
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const path = pathIn(error)
  switch (error.code) {
    case 'ENOENT':
      return t('shell.errors.noFile', { path })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return t('shell.errors.notAllowed', { path })
    case 'EISDIR':
      return t('shell.errors.isFolder', { path })
    case 'ENOTDIR':
    case 'EEXIST':
      return t('shell.errors.inTheWay', { path })
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return t('shell.errors.diskFull')
    case 'ERR_INVALID_URL':
      return t('shell.doctor.write.DATABASE_URL')
    case 'SQLITE_CANTOPEN':
      return t('shell.errors.cannotOpenDatabase')
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return t('shell.errors.brokenDatabase')
    case 'SQLITE_BUSY':
      return t('shell.errors.busyDatabase')
    default:
      return `${error.code}`.startsWith('SQLITE_IOERR') ? t('shell.errors.cannotOpenDatabase') : undefined
  }
}

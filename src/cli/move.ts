import type { Settings } from '#src/config.ts'
import type { Markdown, Translate } from '#src/core/message.ts'
import { engineOf, pathIn } from '#src/storage/engine.ts'
import { moveFileToServer, moveServerToFile, type Unmoved } from '#src/storage/move/files.ts'
import type { Moved } from '#src/storage/move/move.ts'
import { complain, databaseOf, shownAddress, tell } from './shell.ts'

/** Takes everything that the database holds to the other engine, where nothing is yet. The bot has to be at rest. */
export async function move(flags: { to: string; db?: string }, settings: Settings, t: Translate): Promise<number> {
  const from = databaseOf(settings, flags.db)
  const to = pathIn(flags.to)
  if (engineOf(from) === engineOf(to)) return refused(t, t('shell.move.sameEngine'))
  const done = engineOf(to) === 'postgres' ? await moveFileToServer(from, to) : await moveServerToFile(from, to)
  if ('reason' in done) return refused(t, why(t, done, shownAddress(engineOf(from) === 'postgres' ? from : to)))
  report(t, done, { from, to })
  return 0
}

function refused(t: Translate, says: Markdown): number {
  complain(t, says)
  return 1
}

function report(t: Translate, moved: Moved, { from, to }: { from: string; to: string }): void {
  for (const { table, rows } of moved) tell(t, t('shell.move.table', { table, rows: t.number(rows) }))
  const rows = moved.reduce((sum, each) => sum + each.rows, 0)
  const places = { from: shownAddress(from), to: shownAddress(to) }
  tell(t, t('shell.move.done', { ...places, count: moved.length, rows: t.number(rows) }))
  tell(t, t('shell.move.next', places))
}

function why(t: Translate, unmoved: Unmoved, server: string): Markdown {
  switch (unmoved.reason) {
    case 'missing':
      return t('shell.noDatabase', { path: unmoved.path })
    case 'not-a-database':
      return t('shell.doctor.database.notOne', { path: unmoved.path })
    case 'exists':
      return t('shell.exists', { path: unmoved.path })
    case 'file-in-use':
      return t('shell.move.inUse', { path: unmoved.path })
    case 'in-use':
      return t('shell.move.inUse', { path: server })
    case 'not-empty':
      return t('shell.move.notEmpty', { path: server })
  }
}

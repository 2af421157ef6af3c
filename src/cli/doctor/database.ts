import type { Translate } from '#src/core/message.ts'
import { type Inspection, inspectDatabase, type Sound } from '#src/storage/inspect.ts'
import { databaseOf, shownAddress } from '../shell.ts'
import { type Check, type Finding, ok, todo } from './check.ts'

/** A message that waits longer than this has something in its way, in milliseconds. */
const STUCK = 15 * 60 * 1000
const NAME = 'database'

/** The database, what is in it, and what waits to be sent. */
export const database: Check = async ({ t, settings, now }) => {
  if (!settings) return []
  const address = databaseOf(settings)
  const seen = await inspectDatabase(address)
  return seen.state === 'sound' ? sound(t, seen, now.epochMilliseconds) : [unsound(t, seen, shownAddress(address))]
}

function unsound(t: Translate, seen: Exclude<Inspection, Sound>, path: string): Finding {
  switch (seen.state) {
    case 'missing':
      return ok(NAME, t('shell.doctor.database.missing', { path }))
    case 'empty':
      return ok(NAME, t('shell.doctor.database.empty', { path }))
    case 'unreadable':
      return todo(NAME, t('shell.errors.notAllowed', { path }))
    case 'not-a-database':
      return todo(NAME, t('shell.doctor.database.notOne', { path }))
    case 'busy':
      return todo(NAME, t('shell.doctor.database.busy', { path }))
    case 'newer':
      return todo(NAME, t('shell.doctor.database.newer', { path }))
    case 'damaged':
      return todo(NAME, t('shell.doctor.database.damaged', { path, problem: seen.problem }))
    case 'unreachable':
      return todo(NAME, t('shell.doctor.database.unreachable', { path, problem: seen.problem }))
    case 'refused':
      return todo(NAME, t('shell.doctor.database.refused', { path, problem: seen.problem }))
    case 'not-allowed':
      return todo(NAME, t('shell.doctor.database.notAllowed', { path }))
    case 'not-unicode':
      return todo(NAME, t('shell.doctor.database.notUnicode', { path }))
  }
}

function sound(t: Translate, seen: Sound, now: number): Finding[] {
  const { lacking, described, outbox } = seen
  const age = outbox.oldest === null ? 0 : now - outbox.oldest
  return [
    ok(NAME, lacking > 0 ? t('shell.doctor.database.lacking', { count: lacking }) : t('shell.doctor.database.sound')),
    described ? ok('kit', t('shell.doctor.kit.applied')) : todo('kit', t('shell.doctor.kit.none')),
    outbox.dead > 0
      ? todo('outbox', t('shell.doctor.outbox.dead', { count: outbox.dead }))
      : age > STUCK
        ? todo('outbox', t('shell.doctor.outbox.stuck', { minutes: t.number(Math.floor(age / 60_000)) }))
        : ok('outbox', t('shell.doctor.outbox.well', { count: outbox.waiting })),
  ]
}

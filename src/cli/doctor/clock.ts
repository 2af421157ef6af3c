import { inspectDatabase } from '#src/storage/inspect.ts'
import { databaseOf } from '../shell.ts'
import { type Check, ok, todo } from './check.ts'

/** Nothing of ours was written before this. */
const FIRST = Temporal.Instant.from('2026-11-01T00:00:00Z').epochMilliseconds
/** Clocks differ a little from machine to machine, in milliseconds. */
const TOLERANCE = 5 * 60 * 1000

/** A clock that went back would hold everything that is due. What happened last is the only other clock there is here. */
export const clock: Check = async ({ t, settings, now }) => {
  const seen = settings && (await inspectDatabase(databaseOf(settings)))
  const latest = seen?.state === 'sound' ? seen.latest : 0
  const behind = now.epochMilliseconds < Math.max(FIRST, latest - TOLERANCE)
  const moment = t.moment(now)
  const name = t.plain(t('shell.doctor.clock.name'))
  return [
    behind
      ? todo(name, t('shell.doctor.clock.behind', { moment }))
      : ok(name, t('shell.doctor.clock.well', { moment })),
  ]
}

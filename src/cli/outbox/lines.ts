import type { Translate } from '#src/core/message.ts'
import type { Undelivered } from '#src/delivery/undelivered.ts'
import { discreet } from '../log.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** One message in three lines: how it stands and where it goes, why, and its key. */
export function line(t: Translate, each: Undelivered, address: string, now: Temporal.Instant): string {
  const standing = t.plain(t(`shell.outbox.standing.${each.status}`))
  const age = span(now.epochMilliseconds - each.madeAt, t.locale)
  const later = each.status !== 'dead' && each.dueAt > now.epochMilliseconds
  const parts = [
    t.plain(t('shell.outbox.since', { age })),
    address,
    ...(each.attempts > 0 ? [t.plain(t('shell.outbox.attempts', { count: each.attempts }))] : []),
    ...(later ? [t.plain(t('shell.outbox.later', { moment: momentOf(t, each.dueAt) }))] : []),
  ]
  const why = each.failure === null ? [] : [`    ${discreet(each.failure)}`]
  return [`${standing}: ${parts.join(' · ')}`, ...why, `    ${each.key}`].join('\n')
}

const momentOf = (t: Translate, at: number): string => t.moment(Temporal.Instant.fromEpochMilliseconds(at))

/** «3 min», «2 h», «5 gg»: the largest unit that fits. */
export function span(milliseconds: number, locale: string): string {
  const [unit, size] =
    milliseconds >= 2 * DAY
      ? (['day', DAY] as const)
      : milliseconds >= 2 * HOUR
        ? (['hour', HOUR] as const)
        : (['minute', MINUTE] as const)
  const count = Math.max(0, Math.floor(milliseconds / size))
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

import deprecated from 'spdx-license-ids/deprecated.json' with { type: 'json' }
import current from 'spdx-license-ids/index.json' with { type: 'json' }
import { z } from 'zod'
import { short, tidy } from '#src/core/fields.ts'
import { isZone } from '#src/core/zone.ts'
import { shipped } from '#src/i18n/language.ts'
import { checkRule } from '#src/schedule/recurrence.ts'

// YAML is read without types: every value is the text that was written, so that version 1.10 stays 1.10.

/** A text that passes a check, else the reason `kit.problems.<reason>`. */
const checked = (reason: string, good: (value: string) => boolean) => text().refine(good, { params: { reason } })
const matching = (reason: string, pattern: RegExp) => checked(reason, value => pattern.test(value))

export const text = (most = 200) =>
  z
    .string()
    .transform(value => tidy(value))
    .pipe(z.string().min(1).max(most))

/** A section of the file. Its message, when a key is unknown, is the list of those that are known. */
export const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: issue => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  })
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(5000).default([])

/** A text in one or more languages; a plain one is the same in all: `und`, as BCP 47 says it. */
export const words = (most = 200) =>
  z.preprocess(
    value => (typeof value === 'string' ? { und: value } : value),
    z
      .record(z.string(), text(most))
      .refine(each => Object.keys(each).length > 0, { params: { reason: 'noWords' } })
      .refine(each => Object.keys(each).every(key => /^[a-z]{2,3}$/.test(key)), { params: { reason: 'badLanguage' } }),
  )

export const name = () => matching('badName', /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u)
export const locale = () => z.enum(shipped)
export const timezone = () => checked('badZone', isZone)
export const feast = () => checked('badFeast', value => /^\d{2}-\d{2}$/.test(value) && isDay(`2024-${value}`))
export const day = () => checked('badDay', value => /^\d{4}-\d{2}-\d{2}$/.test(value) && isDay(value))
export const ipa = () => matching('badIpa', /^[a-z0-9][a-z0-9_-]{1,29}$/i).transform(code => code.toLowerCase())
export const address = () => checked('badAddress', isAddress)
export const licence = () => checked('badLicence', isLicence)
export const job = () => matching('badJob', /^[a-z]+\.\w+$/i)
export const yes = () => z.enum(['true', 'false']).transform(value => value === 'true')

export const wholeNumber = (least: number, most: number) =>
  z.string().transform((value, context) => {
    if (/^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value)
    context.addIssue({ code: 'custom', input: value, params: { reason: 'notANumber', least, most } })
    return z.NEVER
  })

export const rule = () =>
  text(500).superRefine((value, context) => {
    const why = checkRule(value)
    if (!why) return
    const { part = '', ...values } = why.values
    context.addIssue({ code: 'custom', input: value, params: { reason: why.reason, part: short(part), ...values } })
  })

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const weekday = () => z.enum(weekdays).transform(value => weekdays.indexOf(value) + 1)

export const span = () =>
  matching('badSpan', /^([01]\d|2[0-3]):[0-5]\d *[-–] *(([01]\d|2[0-3]):[0-5]\d|24:00)$/).transform(
    (written): [string, string] => [written.slice(0, 5), written.slice(-5)],
  )
/** Opening hours as `core/calendar.ts` reads them: spans in order, none inside another. */
export const spans = () =>
  z
    .array(span())
    .min(1)
    .transform(all => all.toSorted())
    .refine(all => all.every(([start, end], at) => start < end && end <= (all[at + 1]?.[0] ?? '24:00')), {
      params: { reason: 'badSpans' },
    })

function isDay(value: string): boolean {
  try {
    return Boolean(Temporal.PlainDate.from(value, { overflow: 'reject' }))
  } catch {
    return false // Temporal has no other way to say that no calendar has such a day
  }
}
function isAddress(value: string): boolean {
  const url = URL.parse(value)
  return url?.protocol === 'https:' && !url.username && !url.password
}
const known = new Set([...current, ...deprecated].map(id => id.toLowerCase()))
const isLicence = (value: string): boolean =>
  value.split(/ (?:AND|OR|WITH) /i).every(id => known.has(id.trim().toLowerCase()))

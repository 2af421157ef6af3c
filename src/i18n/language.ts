import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type i18n } from 'i18next'
import type { LocalText, Markdown, Reader, Translate, Values } from '#src/core/message.ts'
import { inert, plain } from './markdown.ts'
import { momentSaid } from './moments.ts'

const folder = join(import.meta.dirname, '../../locales')

/** The languages that the bot speaks. */
export const shipped: readonly string[] = readdirSync(folder).toSorted()

/** Everything the bot can say, in every shipped language. */
export interface Language {
  t: (reader: Reader) => Translate
  /** A key's text in every language; empty when there is none. */
  inEveryLanguage(key: string): string[]
  readonly locales: readonly string[]
}

/** A day this far away is named with its year: nearer there is no other that it could be. */
const FAR = 183

/**
 * Reads `locales/<language>/*.json`; each file's name is the first part of its keys. Without `now` no day is far away.
 */
export function openLanguage(now?: () => Temporal.Instant): Language {
  const engine = i18next.createInstance()
  void engine.init({
    fallbackLng: 'it',
    initAsync: false,
    resources: Object.fromEntries(shipped.map(locale => [locale, { translation: wordsIn(locale) }])),
    interpolation: { escape: inert, escapeValue: true },
    returnEmptyString: true,
    parseMissingKeyHandler: (key: string) => {
      throw new Error(`no words for ${key}`)
    },
    missingInterpolationHandler: (text: string, match: RegExpExecArray) => {
      throw new Error(`no value for ${match[0]} in "${text}"`)
    },
  })
  const speakers = new Map<string, Translate>()
  return {
    locales: shipped,
    t: ({ locale, timezone }) => {
      const key = `${locale} ${timezone}`
      const known =
        speakers.get(key) ?? speaker(engine, { locale: shipped.includes(locale) ? locale : 'it', timezone }, now)
      speakers.set(key, known)
      return known
    },
    inEveryLanguage: key => shipped.flatMap(locale => textOf(engine, locale, key)),
  }
}

const wordsIn = (locale: string): Record<string, unknown> =>
  Object.fromEntries(
    readdirSync(join(folder, locale))
      .filter(name => name.endsWith('.json'))
      .map(name => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(join(folder, locale, name), 'utf8'))]),
  )

const textOf = (engine: i18n, locale: string, key: string): string[] => {
  const text: unknown = engine.getResource(locale, 'translation', key)
  return typeof text === 'string' ? [text] : []
}

/** English is Italy's neighbours': «Monday 1 February», not «Monday, February 1». */
const regional = (locale: string): string => (locale === 'en' ? 'en-GB' : locale)

function speaker(engine: i18n, { locale, timezone }: Reader, now?: () => Temporal.Instant): Translate {
  const translate = engine.getFixedT(locale)
  const spoken = (key: string, values: Values): Markdown => translate(key, values) as Markdown
  const fixed = once(key => spoken(key, {}))
  const byName = (key: string, values?: Values): Markdown => (values ? spoken(key, values) : fixed(key))
  const region = regional(locale)
  const numbers = new Intl.NumberFormat(region, { maximumFractionDigits: 1 })
  const lists = new Intl.ListFormat(region, { type: 'conjunction' })
  const either = new Intl.ListFormat(region, { type: 'disjunction' })
  const days = spelled(region, { weekday: 'long', day: 'numeric', month: 'long' })
  const withYear = spelled(region, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const dates = spelled(region, { day: 'numeric', month: 'long', year: 'numeric' })
  const months = spelled(region, { month: 'long', year: 'numeric' })
  const day = (at: Temporal.Instant | Temporal.PlainDate): string => {
    const said = dayOf(at, timezone)
    const isFar = now && Math.abs(said.since(dayOf(now(), timezone)).days) > FAR
    return (isFar ? withYear : days)(said).replace(',', '')
  }
  return Object.assign((key: string, values?: Values): Markdown => byName(key, values), {
    locale,
    timezone,
    byName,
    has: once(key => engine.exists(key, { lng: locale, count: 1 })),
    literal: (text: string) => inert(text) as Markdown,
    plain,
    local: (text: LocalText) => text[locale] ?? text.it ?? Object.values(text)[0] ?? '',
    moment: (at: Temporal.Instant) =>
      momentSaid(`${day(at)} ${locale === 'it' ? 'alle' : 'at'} ${hour(at.toZonedDateTimeISO(timezone))}`, at),
    day,
    date: (at: Temporal.Instant | Temporal.PlainDate) => dates(dayOf(at, timezone)),
    month: (period: string) => months(Temporal.PlainYearMonth.from(period).toPlainDate({ day: 1 })),
    number: (value: number) => numbers.format(value),
    list: (items: readonly string[]) => lists.format(items),
    either: (items: readonly string[]) => either.format(items),
  })
}

/** Looks up a key the first time it is asked for: the words do not change. */
function once<T>(look: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return key => {
    const found = known.get(key) ?? look(key)
    known.set(key, found)
    return found
  }
}

/** A day in words. It is given as a number: told a `Temporal.PlainDate`, `Intl` takes ten times as long. */
function spelled(region: string, options: Intl.DateTimeFormatOptions): (day: Temporal.PlainDate) => string {
  const format = new Intl.DateTimeFormat(region, { ...options, timeZone: 'UTC' })
  return day => format.format(day.toZonedDateTime('UTC').epochMilliseconds)
}

const dayOf = (at: Temporal.Instant | Temporal.PlainDate, timezone: string): Temporal.PlainDate =>
  at instanceof Temporal.Instant ? at.toZonedDateTimeISO(timezone).toPlainDate() : at

/** «9:00»: people put no zero before the hour. */
const hour = ({ hour: hours, minute }: Temporal.ZonedDateTime): string => `${hours}:${String(minute).padStart(2, '0')}`

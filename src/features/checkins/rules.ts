import type { Calendar } from '#src/core/calendar.ts'
import { dayIn } from '#src/core/days.ts'
import { short } from '#src/core/fields.ts'
import { fold } from '#src/core/fold.ts'
import type { Parsed } from '#src/core/form.ts'
import type { LocalText } from '#src/core/message.ts'
import type { Answer, Kind, Period, Review, Status } from './store.ts'

/** Something that is asked about every month: a line, an action, an adoption, or a risk to be reviewed. */
export interface Item {
  kind: Kind
  id: string
  /** How people call it: `L1T`, `A7`, `R3`, `P-0001`. */
  code: string
  name: LocalText
  owner: string | null
  /** The line of an action. */
  line?: string | null
  /** The practice of an adoption. */
  practice?: string
}

/** One item in one period: what was said of it, and what was said before. */
export interface Entry {
  /** The month: `2027-01`. */
  period: string
  item: Item
  /** No check-in came before: there is nothing to compare with. */
  first?: boolean
  answer?: Answer | undefined
  /** The answer of the month before. */
  before?: Answer | undefined
  review?: Review | undefined
  /** The latest review of an earlier month: a risk stays as it was until somebody looks again. */
  reviewBefore?: Review | undefined
}

/** Where a period stands for who answers now. */
export type Standing = 'open' | 'closed'

/** Where and by which calendar a period closes. */
export interface Clock {
  timezone: string
  feast?: string
}

/** How many items one prompt explains in full, three blocks each; beyond that it is a list. Slack draws fifty blocks. */
export const FULL_PROMPT = 15
const CLOSING_HOUR = Temporal.PlainTime.from({ hour: 18 })
const USUAL_EXTENSION = 3

export const keyOf = ({ kind, id }: Pick<Item, 'kind' | 'id'>): string => `${kind}:${id}`
/** What a button or an open form is about: a thing, and the month that it was asked for. */
export const aboutOf = ({ period, item }: Pick<Entry, 'period' | 'item'>): string => `${period}/${keyOf(item)}`
/** The same, read back; what somebody typed names no month. */
export function readAbout(about: string): { month: string | undefined; name: string } {
  const [, month, name = about] = /^(\d{4}-(?:0[1-9]|1[0-2]))\/(.*)$/.exec(about) ?? []
  return { month, name }
}
export const isDone = ({ answer, review }: Entry): boolean => Boolean(answer ?? review)
/** Somebody answers for it, or did before she left. */
export const isAsked = (entry: Entry): boolean => entry.item.owner !== null || isDone(entry)
/** Answered in time: once the check-in is closed, that answer stands. */
export const isFinal = ({ answer, review }: Entry): boolean => (answer ?? review)?.late === false
export const isRisk = ({ item }: Entry): boolean => item.kind === 'risk'

/** Only who answers for a thing, or the administrator, speaks for it. */
export const mayAnswer = ({ owner }: Item, member: string, administrator: boolean): boolean =>
  administrator || owner === member

/** An adoption is asked about from the check-in after it began until the month in which it became a holding. */
export const isUnderReview = (
  { interestedAt, holderAt }: { interestedAt: number; holderAt: number | null },
  { id, openedAt }: Pick<Period, 'id' | 'openedAt'>,
  zone: string,
): boolean =>
  interestedAt <= (openedAt ?? 0) && (holderAt === null || holderAt >= monthStart(id, zone).epochMilliseconds)

/** How a status stands against last month's. */
export const against = (now: Status, before: Status | undefined): 'same' | 'changed' | 'new' => {
  if (before === undefined) return 'new'
  return now === before ? 'same' : 'changed'
}

type Weighed = Pick<Review, 'likelihood' | 'impact'>
/** How much a risk weighs, 1 to 25. */
export const weight = ({ likelihood, impact }: Weighed): number => likelihood * impact
export const rose = (now: Weighed | undefined, before: Weighed | undefined): boolean =>
  now !== undefined && before !== undefined && weight(now) > weight(before)

/** A line as the digest sees it: itself with its actions, and the codes of what is missing. */
export interface LineState {
  line: Entry
  actions: Entry[]
  missing: string[]
}
export const byLine = (entries: readonly Entry[]): LineState[] =>
  entries
    .filter(({ item }) => item.kind === 'line')
    .map(line => {
      const actions = entries.filter(({ item }) => item.kind === 'action' && item.line === line.item.id)
      const open = [line, ...actions].filter(entry => isAsked(entry) && !isDone(entry))
      return { line, actions, missing: open.map(({ item }) => item.code) }
    })

/** The calendar month before the one in which an instant lies: `2027-01`. */
export const monthBefore = (at: Temporal.Instant, zone: string): string =>
  monthOf(at, zone).subtract({ months: 1 }).toString()
export const previous = (month: string): string =>
  Temporal.PlainYearMonth.from(month).subtract({ months: 1 }).toString()
export const monthStart = (month: string, zone: string): Temporal.Instant =>
  Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 }).toZonedDateTime(zone).toInstant()

const monthOf = (at: Temporal.Instant, zone: string): Temporal.PlainYearMonth =>
  at.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth()

/** Answers count as given in time until they are due, or until somebody closes. */
export const standing = (
  { closedAt }: Pick<Period, 'closedAt'>,
  due: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Standing => {
  const over = due !== undefined && Temporal.Instant.compare(now, due) >= 0
  return closedAt !== null || over ? 'closed' : 'open'
}

/** What may stand after a number of working days. */
const DAYS = /^(\d{1,2})(?: (?:giorn[oi]|gg|lavorativ[oi]|in piu|ancora|(?:more )?(?:working )?days?|more))*$/

/** Reads «15/02/2027», «10 febbraio», «3 giorni» or «3»; nothing is three working days. It must be later, and within the next month. */
export function extension(
  text: string,
  { period, due, home: clock }: { period: Pick<Period, 'id'>; due: Temporal.Instant | undefined; home: Clock },
  now: Temporal.Instant,
  calendar: Calendar,
): Parsed<Temporal.Instant> {
  const days = DAYS.exec(fold(text || String(USUAL_EXTENSION)))?.[1]
  const next = Temporal.PlainYearMonth.from(period.id).add({ months: 1 })
  const base = due && Temporal.Instant.compare(due, now) > 0 ? due : now
  const day = days
    ? calendar
        .addWorkingDays(base, Number(days), clock.timezone, clock.feast)
        .toZonedDateTimeISO(clock.timezone)
        .toPlainDate()
    : dayIn(text, {
        date: next.toPlainDate({ day: 1 }),
        weekday: base.toZonedDateTimeISO(clock.timezone).toPlainDate(),
      })
  if (!day) return { ok: false, problem: { key: 'checkins.extend.unreadable', values: { given: short(text) } } }
  const at = day.toZonedDateTime({ timeZone: clock.timezone, plainTime: CLOSING_HOUR }).toInstant()
  const latest = monthStart(next.add({ months: 1 }).toString(), clock.timezone)
  if (Temporal.Instant.compare(at, base) <= 0) return { ok: false, problem: { key: 'checkins.extend.early' } }
  if (Temporal.Instant.compare(at, latest) >= 0) return { ok: false, problem: { key: 'checkins.extend.far' } }
  return { ok: true, value: at }
}

/** Whether a text is how a button names a thing, not how people do. */
export const isKey = (text: string): boolean => /^(?:line|action|adoption|risk):/.test(text)

/** What people call by a code: hers first, because two organizations may reuse one practice. */
export function entryNamed(entries: readonly Entry[], text: string, member: string): Entry | undefined {
  const found = entries.filter(({ item }) => fold(item.code) === fold(text) || keyOf(item) === text)
  return found.find(({ item }) => item.owner === member) ?? found[0]
}

/** What was written, cut where it would fill the screen. */
export const clip = (text: string, most = 300): string => {
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}

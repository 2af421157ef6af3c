import type { Calendar } from '#src/core/calendar.ts'
import { dayIn } from '#src/core/days.ts'
import { fold } from '#src/core/fold.ts'
import { JOINING } from '#src/core/joining.ts'
import type { LocalText } from '#src/core/message.ts'

/** What a typed name is compared with. */
export interface Named {
  id: string
  name: LocalText
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
const namesOf = ({ id, name }: Named): string[] => [id, ...Object.values(name)].map(fold)

const bare = (typed: string): string => fold(typed.slice(0, 200)).replace(/^#/, '')

/** Whether what was typed is the whole name, in any language. */
export const isWhole = (one: Named, typed: string): boolean => namesOf(one).includes(bare(typed))

/** The one community that was meant: by its whole name in any language, by the beginnings of its words, or mentioned. */
export function named<N extends Named>(all: readonly N[], typed: string): N | undefined {
  const said = bare(typed)
  const whole = all.find(each => namesOf(each).includes(said))
  const parts = wordsOf(said)
  if (whole || parts.length === 0) return whole
  const begins = (name: string): boolean => parts.every(part => wordsOf(name).some(word => word.startsWith(part)))
  const close = all.filter(each => namesOf(each).some(begins))
  if (close.length > 0) return close.length === 1 ? close[0] : undefined
  const mentioned = all.filter(({ id }) => parts.includes(fold(id)))
  return mentioned.length === 1 ? mentioned[0] : undefined
}

const DAY_BEGINS = 9
const DAY_ENDS = 18

/** The same instant when it falls between 9 and 18 of a working day in that zone, else the next 9:00 that does. */
export function humane(at: Temporal.Instant, zone: string, calendar: Calendar, feast?: string): Temporal.Instant {
  const there = at.toZonedDateTimeISO(zone)
  const day = there.toPlainDate()
  const works = calendar.isWorkingDay(day, feast)
  if (works && there.hour >= DAY_BEGINS && there.hour < DAY_ENDS) return at
  const first = works && there.hour >= DAY_ENDS ? day.add({ days: 1 }) : day
  return morning(calendar.nextWorkingDay(first, feast), zone).toInstant()
}
const morning = (day: Temporal.PlainDate, zone: string): Temporal.ZonedDateTime =>
  day.toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(DAY_BEGINS) })

/** The words in which a pause is told, in every language; the n-th of `numbers` are the words for n. */
export interface PauseWords {
  end: readonly string[]
  units: { days: readonly string[]; weeks: readonly string[]; months: readonly string[]; years: readonly string[] }
  numbers: readonly (readonly string[])[]
}
export type Pause = { kind: 'until'; at: Temporal.Instant } | { kind: 'end' | 'past' | 'tooLong' | 'unclear' }

/** Reads «2 settimane», «un mese», «15/03/2027», «fino al 10 febbraio», «fine»: a year at most. A day ends the pause in its morning. */
export function pauseIn(text: string, now: Temporal.ZonedDateTime, words: PauseWords): Pause {
  const said = fold(text.slice(0, 100)).split(' ')
  const meaning = said.filter(word => !JOINING.has(word))
  if (meaning.length > 0 && meaning.every(word => words.end.includes(word))) return { kind: 'end' }
  const date = now.toPlainDate()
  const day = dayIn(text, { date }) ?? said.map(word => dayIn(word)).find(each => each !== undefined)
  if (day) return bounded(morning(day, now.timeZoneId), now)
  const [count, unit] = counted(said, words)
  return count > 0 && unit ? bounded(now.add({ [unit]: count }), now) : { kind: 'unclear' }
}

const units = ['days', 'weeks', 'months', 'years'] as const
type Unit = (typeof units)[number]

function counted(said: readonly string[], words: PauseWords): [number, Unit | undefined] {
  for (const [at, word] of said.entries()) {
    const unit = units.find(each => words.units[each].includes(word))
    const before = said[at - 1] ?? ''
    if (unit) return [/^\d{1,4}$/.test(before) ? Number(before) : numberOf(before, words), unit]
  }
  return [0, undefined]
}
const numberOf = (word: string, { numbers }: PauseWords): number => numbers.findIndex(each => each.includes(word)) + 1

const bounded = (end: Temporal.ZonedDateTime, now: Temporal.ZonedDateTime): Pause => {
  if (Temporal.ZonedDateTime.compare(end, now) <= 0) return { kind: 'past' }
  if (Temporal.ZonedDateTime.compare(end, now.add({ years: 1 })) > 0) return { kind: 'tooLong' }
  return { kind: 'until', at: end.toInstant() }
}

/** Whether what was typed can only be this one: every word of it is a whole word of the name. */
export const isClear = (typed: string, name: string): boolean => {
  const whole = new Set(wordsOf(fold(name)))
  const words = wordsOf(fold(typed))
  return words.length > 0 && words.every(word => whole.has(word))
}

/** The one thing to suggest to who has just come in. */
export const nextStep = (told: { needs: string | null; adoptable: number }): 'ask' | 'adopt' | 'browse' => {
  if (told.needs !== null) return 'ask'
  return told.adoptable > 0 ? 'adopt' : 'browse'
}

import { dayIn } from './days.ts'
import type { Field, Parsed, Problem } from './form.ts'

/** Longest raw answer any field reads, in characters: what is longer is refused before anything looks at it. */
export const LONGEST_PARAGRAPH = 4000
export const LONGEST_LINE = 200

const good = <T>(value: T): Parsed<T> => ({ ok: true, value })
const bad = (key: Problem['key'], values: Problem['values'] = {}): Parsed<never> => ({
  ok: false,
  problem: { key, values },
})

/** Drops what no text needs and some stores refuse: control characters, halves of a character; outer white space. */
export const tidy = (raw: string): string =>
  raw
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .trim()

const text = (kind: 'line' | 'paragraph', most: number, least: number): Field<string> => ({
  input: { kind },
  required: true,
  parse: raw => {
    const value = kind === 'line' ? tidy(raw).replace(/\s+/gu, ' ') : tidy(raw)
    const length = [...value].length
    if (!/\S/u.test(value)) return bad('core.problems.required')
    if (length > most) return bad('core.problems.tooLong', { most, length })
    return length < least ? bad('core.problems.tooShort', { least, length }) : good(value)
  },
})

export const line = (most = LONGEST_LINE, least = 1): Field<string> => text('line', most, least)
export const paragraph = (most = LONGEST_PARAGRAPH, least = 1): Field<string> => text('paragraph', most, least)

/** The same field, which may be left empty. */
export const optional = <T>(field: Field<T>): Field<T | undefined> => ({
  input: field.input,
  required: false,
  parse: raw => (tidy(raw) === '' ? good(undefined) : field.parse(raw)),
})

/** One of these; its labels are `<form>.<field>.options.<value>`. */
export const pick = <T extends string>(...options: T[]): Field<T> => ({
  input: { kind: 'pick', options },
  required: true,
  parse: raw => {
    const found = options.find(option => option === tidy(raw))
    if (found !== undefined) return good(found)
    return tidy(raw) === '' ? bad('core.problems.required') : bad('core.problems.notAnOption', { given: short(raw) })
  },
})

/** One of the options given when the form is asked; dispatch has checked that it is one of them. */
export const choose = (): Field<string> => ({
  input: { kind: 'pick' },
  required: true,
  parse: raw => (tidy(raw) === '' ? bad('core.problems.required') : good(tidy(raw))),
})

const several = <T extends string>(
  options: readonly T[] | undefined,
  accept: (raw: string) => T | undefined,
): Field<T[]> => ({
  input: { kind: 'picks', ...(options && { options }) },
  required: false,
  parse: raw => {
    const given = [...new Set(raw.split(',').map(tidy).filter(Boolean))]
    const values = given.flatMap(each => accept(each) ?? [])
    const odd = given.find(each => accept(each) === undefined)
    return odd === undefined ? good(values) : bad('core.problems.notAnOption', { given: short(odd) })
  },
})

/** Any number of these, joined by commas; none is an answer. */
export const picks = <T extends string>(...options: T[]): Field<T[]> =>
  several(options, raw => options.find(option => option === raw))

/** Any number of the options given when the form is asked. */
export const chooseSeveral = (): Field<string[]> => several<string>(undefined, raw => raw)

/** A thing found by typing; dispatch has turned what was typed into the thing's value. */
export const search = (source: string): Field<string> => ({
  input: { kind: 'search', source },
  required: true,
  parse: raw => (tidy(raw) === '' ? bad('core.problems.required') : good(tidy(raw))),
})

/** A whole number between two bounds, both included. */
export const number = (least: number, most: number): Field<number> => ({
  input: { kind: 'number' },
  required: true,
  parse: raw => {
    const value = /^[+-]?\d{1,9}$/.test(tidy(raw)) ? Number(tidy(raw)) : Number.NaN
    if (tidy(raw) === '') return bad('core.problems.required')
    return value >= least && value <= most
      ? good(value)
      : bad('core.problems.notANumber', { least, most, given: short(raw) })
  },
})

/** A day with its year, as people write it (15/03/2027, 15 marzo 2027) or as machines do (2027-03-15). */
export const date = (): Field<Temporal.PlainDate> => ({
  input: { kind: 'date' },
  required: true,
  parse: raw => {
    if (tidy(raw) === '') return bad('core.problems.required')
    const day = dayIn(tidy(raw))
    return day ? good(day) : bad('core.problems.notADate', { given: short(raw) })
  },
})

/** A file that the platform has already taken in: its id. */
export const file = (): Field<string> => ({
  input: { kind: 'file' },
  required: true,
  parse: raw => (tidy(raw) === '' ? bad('core.problems.required') : good(tidy(raw))),
})

/** An https address without credentials. */
export const address = (): Field<string> => ({
  input: { kind: 'line' },
  required: true,
  parse: raw => {
    if (tidy(raw) === '') return bad('core.problems.required')
    const url = URL.parse(tidy(raw))
    const secure = url?.protocol === 'https:'
    if (secure && (url.username || url.password)) return bad('core.problems.credentials')
    return secure && url.href.length <= 500 ? good(url.href) : bad('core.problems.notAnAddress', { given: short(raw) })
  },
})

/** Marks around the whole of what was written: who says it back puts its own. */
const QUOTED = /^[«“„"]\s*([^«»“”„"]+?)\s*[»”“"]$/u

/** What was written, short enough to be said back, in the marks of a quotation for instance. */
export const short = (raw: string): string => {
  const letters = [...tidy(raw).replace(/\s+/gu, ' ').replace(QUOTED, '$1')]
  return letters.length <= 40 ? letters.join('') : `${letters.slice(0, 39).join('')}…`
}

import { z } from 'zod'

const token = z.string().regex(/^[\w-]{1,64}$/)
const ref = z.string().max(400)

/** What a browser sends, each bounded: the fields of our own pages, and nothing else. */
const bodies = {
  say: z.object({
    id: token,
    text: z.string().max(20_000).default(''),
    thread: z.string().max(400).optional(),
    file: z.instanceof(File).optional(),
  }),
  /** The button's value holds its number on the message, its action and its value: `0 practices.adopt P-0001`. */
  press: z.object({
    id: token,
    on: ref,
    choice: z
      .string()
      .max(1200)
      .regex(/^\d{1,2} \S+ /),
  }),
  answer: z.object({ id: token }),
  walk: z.object({ id: token }),
  clock: z.object({ to: z.enum(['next', 'day', 'week', 'date']), date: z.string().max(20).optional() }),
  language: z.object({ locale: z.string().max(10) }),
}
type Bodies = typeof bodies
export type Body<K extends keyof Bodies> = z.infer<Bodies[K]>
/** A form as it came: one value for each field, or several. */
export type Given = Record<string, string | File | (string | File)[]>

/** A body of this kind; undefined when no page of ours sent it. */
export const readBody = <K extends keyof Bodies>(kind: K, given: Given): Body<K> | undefined => {
  const parsed = bodies[kind].safeParse(given)
  return parsed.success ? (parsed.data as Body<K>) : undefined
}

/** What was typed into a field of the open form; several marks are joined by commas. Fields are sent as `field.name`. */
export function typedInto(name: string, given: Given): string {
  const value = given[`field.${name}`]
  const all = (Array.isArray(value) ? value : [value]).filter(each => typeof each === 'string')
  return all.join(',').slice(0, 100_000)
}

/** The file that came in a field; an empty file input sends a file without a name. */
export function fileIn(name: string, given: Given): File | undefined {
  const value = given[name]
  const file = Array.isArray(value) ? value.find(each => each instanceof File) : value
  return file instanceof File && file.name !== '' ? file : undefined
}

/** The button that was pressed. */
export function pressedIn(choice: string): { number: string; action: string; value: string } {
  const [, number = '', action = '', value = ''] = /^(\d+) (\S+) (.*)$/s.exec(choice) ?? []
  return { number, action, value }
}

/** The last day that the clock can be moved to at once: a year mistyped would bring the messages of a thousand, and no way back. */
export const lastDay = (today: Temporal.PlainDate): Temporal.PlainDate => today.add({ years: 1 })

/** Noon of a day ahead at her place: the middle of what a date alone means. */
export function noonOf(date: string, now: Temporal.ZonedDateTime): Temporal.Instant | undefined {
  try {
    const day = Temporal.PlainDate.from(date)
    if (Temporal.PlainDate.compare(day, lastDay(now.toPlainDate())) > 0) return undefined
    const noon = day.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: '12:00' })
    return Temporal.ZonedDateTime.compare(noon, now) > 0 ? noon.toInstant() : undefined
  } catch {
    return undefined // not a day: nothing moves
  }
}

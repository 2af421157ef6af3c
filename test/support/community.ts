import { onTestFinished, test } from 'vitest'
import type { StageOptions } from '#src/cli/stage.ts'
import type { Tx } from '#src/core/feature.ts'
import type { Log } from '#src/core/ports.ts'
import type { Shown } from '#src/platforms/console/draw.ts'
import { engine } from '#src/storage/engine.ts'
import { freshDatabase } from './database.ts'
import { demonstration } from './demonstration.ts'
import { draw } from './drawing.ts'
import { openOn } from './driven.ts'
import { demoDatabase } from './prepared.ts'

export interface Drawn {
  name: string
  title: string
  fields: {
    name: string
    label: string
    hint?: string
    kind: string
    required: boolean
    options?: { value: string; label: string }[]
    known?: string
  }[]
}
type Out = Shown & { form?: Drawn; problems?: Record<string, string>; options?: { value: string; label: string }[] }

/** A person of the kit, and what she can do and see. */
export interface Person {
  says(text: string, where?: { in?: string; thread?: string; file?: string; id?: string }): Promise<Out[]>
  /** Presses a choice by its action, on her latest message that offers it, or on `on`. */
  presses(action: string, value?: string, on?: { ref: string }): Promise<Out[]>
  picks(number: number, on?: { ref: string }): Promise<Out[]>
  answers(answers: Record<string, string>): Promise<Out[]>
  searches(field: string, text: string): Promise<{ value: string; label: string }[]>
  joins(place: string): Promise<Out[]>
  leaves(place: string): Promise<Out[]>
  /** What came to her direct conversation, oldest first. */
  messages(): Shown[]
  /** The last message to her that holds this, whatever else she was told at the same time. */
  told(text: string): Shown
  lastMessage(): Shown
  /** The form opened for her last. */
  form(): Drawn
  /** The problems of her last answers. */
  problems(): Record<string, string>
}
export interface Community {
  as(person: string): Person
  reuser: Person
  provider: Person
  operator: Person
  coordinator: Person
  supplier: Person
  newcomer: Person
  administrator: Person
  /** What was shown in a place, oldest first. */
  place(name: string): { messages(): Shown[]; lastMessage(): Shown }
  moveTo(instant: string): Promise<Out[]>
  now(): Temporal.Instant
  /** A line of the protocol as it is; throws when it is not understood. */
  line(line: object): Promise<Out[]>
  /** Everything that was put out, in order. */
  everything(): Out[]
  /** Every line that was put in, in order. */
  given(): object[]
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  db: string
  close(): Promise<void>
}

/** Errors are failures of a test, not lines of a log. */
export const strict: Log = {
  info: () => {},
  warn: () => {},
  error: (fields, what) => {
    const { error } = fields as { error?: unknown }
    throw error instanceof Error ? error : new Error(`${what}: ${JSON.stringify(fields)}`)
  },
}

/** The whole bot on a migrated database of its own, with the demo community in it. */
export async function community(
  options: {
    db?: string
    at?: string
    prepare?: typeof demonstration
    log?: Log
    workers?: StageOptions['workers']
    draw?: StageOptions['draw']
    /** Whether it goes on when the test is over: whoever opened it closes it then. */
    lasts?: true
  } = {},
): Promise<Community> {
  const { at = '2027-01-11T09:00:00Z', lasts = false } = options
  const db =
    options.db ?? (options.prepare ? await freshDatabase('test', { lasts }) : await demoDatabase(at, { lasts }))
  const shown: Out[] = []
  const out = (line: object): void => void shown.push(line as Out)
  const stage = await openOn({
    db,
    prepare: options.prepare ?? demonstration,
    at: Temporal.Instant.from(at),
    log: options.log ?? strict,
    strict: options.log === undefined,
    ...(options.workers && { workers: options.workers }),
    draw: options.draw ?? draw,
    out,
  })
  let open = true
  const close = async (): Promise<void> => {
    if (open) await stage.close()
    open = false
  }
  if (!options.lasts) onTestFinished(close)

  const played: object[] = []
  async function line(given: object): Promise<Out[]> {
    const before = shown.length
    played.push(given)
    await stage.play(given)
    return shown.slice(before)
  }
  const last = <T>(list: T[], what: string): T => {
    const found = list.at(-1)
    if (found === undefined) throw new Error(`there is no ${what}`)
    return found
  }
  const as = (person: string): Person => {
    const to = `dm:${person}`
    const messages = () => shown.filter(each => each.ref && (each.to === to || each.onlyFor === person))
    return {
      says: (text, { in: where = 'dm', ...rest } = {}) => line({ as: person, in: where, text, ...rest }),
      presses: (choose, value, on) =>
        line({ as: person, choose, ...(value !== undefined && { value }), ...(on && { ref: on.ref }) }),
      picks: (pick, on) => line({ as: person, pick, ...(on && { ref: on.ref }) }),
      answers: answers => line({ as: person, answers }),
      searches: async (search, text) => (await line({ as: person, search, text })).at(-1)?.options ?? [],
      joins: join => line({ as: person, join }),
      leaves: leave => line({ as: person, leave }),
      messages,
      lastMessage: () => last(messages(), `message for ${person}`),
      told: text =>
        last(
          messages().filter(each => each.text.includes(text)),
          `«${text}» for ${person}`,
        ),
      form: () =>
        last(
          shown.filter(each => each.to === to && each.form),
          `form for ${person}`,
        ).form!,
      problems: () =>
        last(
          shown.filter(each => each.to === to && each.problems),
          `problems for ${person}`,
        ).problems!,
    }
  }
  const place = (name: string) => {
    const messages = () => shown.filter(each => each.ref && each.to === name && !each.onlyFor)
    return { messages, lastMessage: () => last(messages(), `message in ${name}`) }
  }
  return {
    as,
    place,
    line,
    db,
    close,
    reuser: as('reuser'),
    provider: as('provider'),
    operator: as('operator'),
    coordinator: as('coordinator'),
    supplier: as('supplier'),
    newcomer: as('newcomer'),
    administrator: as('administrator'),
    moveTo: at => line({ at }),
    now: stage.now,
    everything: () => shown,
    given: () => played,
    read: stage.read,
  }
}

/**
 * A test of what only a console can show: in Slack nobody chooses what is not offered, reads an option's value, presses a button in
 * a channel she is not in, or sees more than fifty blocks of one message; and an event's id is Slack's own.
 */
export const testInConsole: (name: string, run: () => Promise<void>) => void =
  process.env.SLACK_MODE === undefined && process.env.MATRIX_MODE === undefined ? test : () => {}

/**
 * A test of what Matrix shows otherwise by its nature: what is only hers goes to her direct conversation, a form tells one
 * problem at a time, pictures stand below the text, and a number that is not offered any more cannot be pressed.
 */
export const testOffMatrix: (name: string, run: () => Promise<void>) => void =
  process.env.MATRIX_MODE === undefined ? test : () => {}

/** A test of the file that holds everything, where there is one: what a server keeps on its disk is its own. */
export const testInAFile: (name: string, run: () => Promise<void>) => void = engine() === 'sqlite' ? test : () => {}

import { z } from 'zod'
import type { Problem } from '#src/core/form.ts'
import { wrong } from './stage.ts'

const short = z.string().max(200)
const person = { as: short, id: short.optional() }
const inputs = {
  at: z.strictObject({ at: short, id: short.optional() }),
  text: z.strictObject({
    ...person,
    in: short.default('dm'),
    text: z.string().max(1_000_000).default(''),
    thread: short.optional(),
    file: z.string().max(4096).optional(),
  }),
  choose: z.strictObject({ ...person, choose: short, value: z.string().max(1000).optional(), ref: short.optional() }),
  pick: z.strictObject({ ...person, pick: z.int().min(1), ref: short.optional() }),
  answers: z.strictObject({ ...person, answers: z.record(short, z.coerce.string().max(1_000_000)) }),
  search: z.strictObject({ ...person, search: short, text: z.string().max(10_000) }),
  join: z.strictObject({ ...person, join: short }),
  leave: z.strictObject({ ...person, leave: short }),
}
type Inputs = typeof inputs
/** One line of a rehearsal, told apart by the word that only its kind has. */
export type Line = { [K in keyof Inputs]: { kind: K } & z.infer<Inputs[K]> }[keyof Inputs]

// `search` comes before `text`, which it also has.
const order = ['at', 'search', 'choose', 'pick', 'answers', 'join', 'leave', 'text'] as const

/** A line of JSON as one of the inputs, or what is wrong with it. */
export function readLine(written: string): Line | Problem {
  const value = jsonIn(written)
  if (typeof value !== 'object' || value === null) return wrong('console.notJson')
  const kind = order.find(name => name in value) ?? ('file' in value ? 'text' : undefined)
  if (!kind) return wrong('console.unknownLine', { known: order.join(', ') })
  const parsed = inputs[kind].safeParse(value, { reportInput: true })
  if (parsed.success) return { kind, ...parsed.data } as Line
  const [issue] = parsed.error.issues
  return issue ? problemOf(issue, kind) : wrong('console.notJson')
}

function problemOf(issue: z.core.$ZodIssue, kind: string): Problem {
  const field = issue.path.join('.') || kind
  if (issue.code === 'unrecognized_keys') return wrong('console.unknownKey', { kind, key: issue.keys[0] ?? '' })
  if (issue.code === 'too_big') return wrong('console.tooLong', { field, most: Number(issue.maximum) })
  return issue.input === undefined ? wrong('console.missingField', { field }) : wrong('console.wrongField', { field })
}

const jsonIn = (written: string): unknown => {
  try {
    return JSON.parse(written)
  } catch {
    return undefined // whoever asked says so
  }
}

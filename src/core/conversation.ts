import { chosen } from './answers.ts'
import { short } from './fields.ts'
import { fold } from './fold.ts'
import type { Form, Option, Problem, Question } from './form.ts'
import type { PlatformName } from './interaction.ts'

/** A form that is open for a person: a row, so that it survives a restart. */
export interface Conversation {
  member: string
  form: string
  about: string
  /** What it is about, for the person. */
  subject: string | null
  known: Record<string, string>
  options: Record<string, readonly Option[]>
  /** What was answered so far. */
  raw: Record<string, string>
  /** The events they came with. */
  sources?: Record<string, string> | null
  /** The question it stands at, where it is asked a line at a time. */
  field: number
  /** What a search found, to be picked from by number. */
  found: readonly Option[] | null
  place: { platform: PlatformName; workspace: string; id: string }
  expiresAt: number
}

/** How long a form stays open without an answer. */
export const OPEN_FOR = Temporal.Duration.from({ hours: 24 })

/** What became of the last answer, to be said with the question: why it will not do, or what her words were taken for. */
export interface Heard {
  problem?: Problem
  taken?: string
}

/** What happens after a line of answer. */
export type Step =
  | ({ kind: 'ask'; conversation: Conversation } & Heard)
  | { kind: 'complete'; raw: Record<string, string> }
  | { kind: 'dropped' }

/** The words that steer a conversation, folded, in every language. */
export interface Steering {
  back: readonly string[]
  skip: readonly string[]
  keep: readonly string[]
  cancel: readonly string[]
  /** «No, grazie», to a file or a search that may be left out. */
  none: readonly string[]
}
export interface Answering {
  form: Form
  questions: readonly Question[]
  steering: Steering
  find: (source: string, typed: string) => Promise<Option[]>
}

/** What a line says, where it may be a word that steers: «Salta.» is «salta». */
export const wordOf = (line: string): string => fold(line.slice(0, 100).replace(/[.,!]/gu, ' '))

/** One line of answer: steered, picked, searched or taken as written; then the next question, or the end. */
export async function answer(open: Conversation, line: string, asked: Answering): Promise<Step> {
  const word = wordOf(line)
  const question = asked.questions[open.field]
  if (!question || asked.steering.cancel.includes(word)) return { kind: 'dropped' }
  if (asked.steering.back.includes(word)) {
    return { kind: 'ask', conversation: { ...open, field: Math.max(0, open.field - 1), found: null } }
  }
  if (asked.steering.skip.includes(word)) {
    return question.required ? again(open, { key: 'core.problems.cannotSkip' }) : onward(open, question, '', asked)
  }
  if (mayDecline(question) && asked.steering.none.includes(word)) return onward(open, question, '', asked)
  if (asked.steering.keep.includes(word) && known(open, question) !== undefined) {
    return onward(open, question, known(open, question) ?? '', asked)
  }
  if (question.kind === 'search') return searched(open, question, line, asked)
  const answered = picked(question, line)
  return answered.problem ? again(open, answered.problem) : onward(open, question, answered.raw, asked)
}

/** Where words are taken as they are written, «no» may be the answer. */
const mayDecline = ({ kind, required }: Question): boolean => !required && (kind === 'file' || kind === 'search')

/** What is there already: her earlier answer, else what the form knew. */
export const known = (open: Conversation, question: Question): string | undefined =>
  open.raw[question.name] ?? open.known[question.name]

const again = (open: Conversation, problem: Problem): Step => ({ kind: 'ask', conversation: open, problem })

function onward(open: Conversation, question: Question, raw: string, { form, questions }: Answering): Step {
  const parsed = form.fields[question.name]?.parse(raw)
  if (parsed && !parsed.ok) return again(open, parsed.problem)
  const answers = { ...open.raw, [question.name]: raw }
  const field = open.field + 1
  if (field >= questions.length) return { kind: 'complete', raw: answers }
  return { kind: 'ask', conversation: { ...open, raw: answers, field, found: null } }
}

async function searched(open: Conversation, question: Question, line: string, asked: Answering): Promise<Step> {
  const chosen = (open.found ?? question.options)?.[Number(line) - 1]
  if (chosen) return onward(open, question, chosen.value, asked)
  const found = await asked.find(question.source ?? '', line)
  const only = found.length === 1 ? found[0] : undefined
  const isNamed = only?.value === line || fold(only?.label ?? '') === fold(line)
  // The next question says what her words were taken for; where none comes, she is asked.
  if (only && (isNamed || open.field + 1 < asked.questions.length)) {
    const step = onward(open, question, only.value, asked)
    return step.kind === 'ask' && !step.problem && !isNamed ? { ...step, taken: only.label } : step
  }
  if (found.length === 0) return again(open, { key: 'core.problems.notFound', values: { given: line.slice(0, 40) } })
  return { kind: 'ask', conversation: { ...open, found } }
}

// Numbers, values, labels and their beginnings all pick; "1,3" picks several.
function picked({ kind, options = [] }: Question, line: string): Picked {
  if (kind !== 'pick' && kind !== 'picks') return { raw: line }
  const parts = kind === 'pick' ? [line] : line.split(',')
  const found = parts.map(part => options[Number(part) - 1] ?? chosen(part.trim(), options))
  const odd = found.indexOf(undefined)
  if (odd >= 0) return { problem: { key: 'core.problems.notAnOption', values: { given: short(parts[odd] ?? '') } } }
  return { raw: found.map(option => option?.value).join(',') }
}
type Picked = { raw: string; problem?: never } | { raw?: never; problem: Problem }

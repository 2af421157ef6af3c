import { short, tidy } from './fields.ts'
import { fold } from './fold.ts'
import type { Option, Problem, Question } from './form.ts'

/** Raw answers with what was typed turned into values, and the fields in which that was not possible. */
export interface Resolved {
  raw: Record<string, string>
  problems: Record<string, Problem>
}

/** A search field that gets typed text with one match takes it; a pick also understands its label. */
export async function resolve(
  raw: Record<string, string>,
  questions: readonly Question[],
  find: (source: string, typed: string) => Promise<Option[]>,
): Promise<Resolved> {
  const resolved: Resolved = { raw: {}, problems: {} }
  for (const question of questions) {
    const given = raw[question.name] ?? ''
    const one = await resolveOne(question, given, find)
    if (typeof one === 'string') resolved.raw[question.name] = one
    else resolved.problems[question.name] = one
  }
  return resolved
}

async function resolveOne(
  question: Question,
  given: string,
  find: (source: string, typed: string) => Promise<Option[]>,
): Promise<string | Problem> {
  const typed = tidy(given)
  if (typed === '') return typed
  if (question.kind === 'search') return searched(typed, await find(question.source ?? '', typed.slice(0, 200)))
  if (question.kind === 'pick') return picked(typed, question.options ?? [])
  if (question.kind !== 'picks') return given
  const several = typed.split(',').map(part => picked(tidy(part), question.options ?? []))
  return several.find(part => typeof part !== 'string') ?? several.join(',')
}

function searched(typed: string, found: Option[]): string | Problem {
  const exact = found.find(({ value }) => value === typed)
  const [only, second] = exact ? [exact] : found
  if (!only) return { key: 'core.problems.notFound', values: { given: short(typed) } }
  if (!second) return only.value
  const some = found.slice(0, 5).map(({ label }) => label)
  return { key: 'core.problems.several', values: { given: short(typed), some: some.join('; ') } }
}

function picked(typed: string, options: readonly Option[]): string | Problem {
  if (typed === '') return typed
  const found = chosen(typed, options)
  return found?.value ?? { key: 'core.problems.notAnOption', values: { given: short(typed) } }
}

/** What an answer is called: the labels of its options, or of what it stands for; else as it was written. */
export async function called(
  { kind, source = '', options = [] }: Question,
  raw: string,
  find: (source: string, typed: string) => Promise<Option[]>,
): Promise<string[]> {
  const values = kind === 'picks' ? raw.split(',') : [raw]
  const found = kind === 'search' ? await find(source, raw) : []
  return values.map(value => [...options, ...found].find(option => option.value === value)?.label ?? value)
}

/** The option with this value or label, or the only one whose label begins so: «verde» for «Verde: va come previsto». */
export function chosen(typed: string, options: readonly Option[]): Option | undefined {
  const folded = fold(typed)
  const beginning = options.filter(({ label }) => folded !== '' && fold(label).startsWith(folded))
  return (
    options.find(({ value }) => value === typed) ??
    options.find(({ label }) => fold(label) === folded) ??
    (beginning.length === 1 ? beginning[0] : undefined)
  )
}

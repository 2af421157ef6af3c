import type { Key, Markdown, Translate, Values } from './message.ts'

export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: Problem }
/** A locale key and its values: each platform shows it in the reader's language. */
export interface Problem {
  key: Key
  values?: Values
}
export interface Option {
  value: string
  label: string
}
export type Input =
  | { kind: 'line' | 'paragraph' | 'date' | 'number' | 'file' }
  /** Without `options`, they are given when the form is asked. */
  | { kind: 'pick' | 'picks'; options?: readonly string[] }
  | { kind: 'search'; source: string }
/** `parse` is pure and the only validation of form: modal, conversation and prompt all call it. */
export interface Field<T> {
  input: Input
  required: boolean
  parse: (raw: string) => Parsed<T>
}
export type Fields = Record<string, Field<unknown>>
export type Answers<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never }
/** Every word lives in locales, by convention: `<name>.title`, `<name>.<field>.label`, `<name>.<field>.hint`. */
export interface Form<F extends Fields = Fields> {
  name: string
  fields: F
}
/** The form as it is asked of one person now: what is known already, and the options that depend on the moment. */
export interface Asked {
  form: Form
  about: string
  known: Record<string, string>
  options: Record<string, readonly Option[]>
}

/** One question of a form, in the reader's words: what a platform draws. */
export interface Question {
  name: string
  label: Markdown
  hint?: Markdown
  kind: Input['kind']
  required: boolean
  options?: readonly Option[]
  source?: string
  known?: string
}

export const title = (form: Form, t: Translate): Markdown => t.byName(`${form.name}.title`)

/** The questions of a form for one reader; hints are optional. */
export function questions(asked: Asked, t: Translate): Question[] {
  return Object.entries(asked.form.fields).map(([name, field]) => {
    const hint = `${asked.form.name}.${name}.hint`
    const { input } = field
    const options = asked.options[name] ?? fixedOptions(asked.form, name, input, t)
    return {
      name,
      label: t.byName(`${asked.form.name}.${name}.label`),
      kind: input.kind,
      required: field.required,
      ...(t.has(hint) && { hint: t.byName(hint) }),
      ...(options && { options }),
      ...(input.kind === 'search' && { source: input.source }),
      ...(asked.known[name] !== undefined && { known: asked.known[name] }),
    }
  })
}

function fixedOptions(form: Form, name: string, input: Input, t: Translate): Option[] | undefined {
  if (input.kind !== 'pick' && input.kind !== 'picks') return undefined
  return (input.options ?? []).map(value => ({
    value,
    label: t.plain(t.byName(`${form.name}.${name}.options.${value}`)),
  }))
}

/** Every field parsed: the answers when all pass, else the problem of each that does not. */
export function parse<F extends Fields>(
  form: Form<F>,
  raw: Record<string, string>,
): { ok: true; answers: Answers<F> } | { ok: false; problems: Record<string, Problem> } {
  const parsed = Object.entries(form.fields).map(([name, field]) => [name, field.parse(raw[name] ?? '')] as const)
  const problems = parsed.flatMap(([name, result]) => (result.ok ? [] : [[name, result.problem] as const]))
  if (problems.length > 0) return { ok: false, problems: Object.fromEntries(problems) }
  const values = parsed.map(([name, result]) => [name, result.ok ? result.value : undefined])
  return { ok: true, answers: Object.fromEntries(values) as Answers<F> }
}

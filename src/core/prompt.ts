import type { Conversation, Heard } from './conversation.ts'
import type { Question } from './form.ts'
import type { Block, Markdown, Message, Translate } from './message.ts'
import type { OpenForm } from './platform.ts'

/** The question a conversation stands at, with what was answered before, what can be, and how to go on without. */
export function prompt(
  t: Translate,
  open: Conversation,
  { title, questions }: OpenForm,
  before: string,
  { problem, taken }: Heard,
): Message {
  const question = questions[open.field]
  if (!question) throw new Error(`no question ${open.field} in ${open.form}`)
  const place = t('core.conversation.where', { title: t.plain(title), number: open.field + 1, count: questions.length })
  const asked: Block[] = [
    ...(taken === undefined ? [] : [{ type: 'text' as const, text: t('core.conversation.taken', { value: taken }) }]),
    { type: 'text', text: problem ? t(problem.key, problem.values) : place },
    { type: 'text', text: question.label },
    ...(question.hint ? [{ type: 'text' as const, text: question.hint }] : []),
    ...(before === '' ? [] : [{ type: 'text' as const, text: t('core.conversation.known', { value: before }) }]),
    ...how(t, open, question).map(text => ({ type: 'text' as const, text })),
    { type: 'text', text: question.required ? t('core.conversation.required') : t('core.conversation.optional') },
    ...choices(t, open, question),
  ]
  return { summary: question.label, blocks: asked }
}

/** What the answer to such a question is like, where it is not just written. */
const how = (t: Translate, open: Conversation, question: Question): Markdown[] => {
  if (open.found) return [t('core.conversation.pickFound')]
  if (question.kind === 'search') return [t('core.conversation.search')]
  if (question.kind === 'picks') return [t('core.conversation.picks')]
  return question.kind === 'file' ? [t('core.conversation.file')] : []
}

/** What a button answers, and to which question of which form: when it is pressed, another may be open. */
const pressed = ({ form, about }: Conversation, name: string, value: string): string =>
  `${questionOf(form, about, name)}:${value}`
/** As it stands on a button: what a form is about may be anything. */
export const questionOf = (form: string, about: string, name: string): string =>
  [form, encodeURIComponent(about), name].join(' ')
const choices = (t: Translate, open: Conversation, question: Question): Block[] => {
  const options = open.found ?? question.options ?? []
  const offered = options.map(({ value, label }) => ({
    label: t.literal(label),
    action: 'core.answer',
    value: pressed(open, question.name, value),
  }))
  return offered.length === 0 ? [] : [{ type: 'choices', choices: offered }]
}

import type { InputBlock, KnownBlock, ModalView } from '@slack/types'
import type { Option, Question } from '#src/core/form.ts'
import type { Key, Markdown, Reader, Translate } from '#src/core/message.ts'
import type { OpenForm } from '#src/core/platform.ts'
import { inputOf } from './input.ts'
import { headline, MOST, pieces } from './limits.ts'
import { packed } from './pack.ts'
import { plainText } from './render.ts'
import { richText, section, words } from './rich.ts'

/** What a modal carries along, to be read when it is submitted: it outlives a restart. */
export interface Carried extends Reader {
  form: string
  about: string
  /** The channel it was asked in; none for the direct conversation. */
  channel?: string
}

export interface Asking {
  t: Translate
  /** Where the answer will go. */
  channel?: string
  /** What a search field holds already. */
  found: Readonly<Record<string, Option>>
  problems?: Readonly<Record<string, Markdown>>
}

/** A form as a modal. Problems stand above their fields: a view that is redrawn cannot show them as Slack's own errors. */
export function modalOf(form: OpenForm, asking: Asking): ModalView {
  const { t, channel } = asking
  const title = t.plain(form.title)
  const carried: Carried = {
    form: form.name,
    about: form.about,
    locale: t.locale,
    timezone: t.timezone,
    ...(channel && { channel }),
  }
  return {
    type: 'modal',
    callback_id: 'form',
    title: plainText(headline(title, MOST.title), MOST.title),
    submit: plainText(t.plain(t('slack.submit')), MOST.title),
    close: plainText(t.plain(t('slack.close')), MOST.title),
    private_metadata: JSON.stringify(carried),
    blocks: [
      ...(title.length > MOST.title ? packed([section([words(title, { bold: true })])]) : []),
      ...form.questions.flatMap(question => asked(question, asking)),
    ].slice(0, MOST.viewBlocks),
  }
}

function asked(question: Question, asking: Asking): KnownBlock[] {
  const { t, problems = {} } = asking
  const problem = problems[question.name]
  const told = problem ? packed([section([words('⚠️ '), ...inlineOf(problem)])]) : []
  const options = question.options ?? []
  if ((question.kind === 'pick' || question.kind === 'picks') && options.length === 0) {
    return [
      ...told,
      ...packed([section([words(t.plain(question.label), { bold: true })]), ...richText(t('slack.noOptions'))]),
    ]
  }
  return [...told, ...parted(question, t).map(part => block(part, asking))]
}

const inlineOf = (markdown: Markdown) =>
  richText(markdown).flatMap(part => (part.type === 'rich_text_section' ? part.elements : []))

/** What is known already may be longer than one field of Slack's: it goes on in the next, and comes back as one. */
function parted(question: Question, t: Translate): Question[] {
  const texts = question.kind === 'paragraph' ? pieces(question.known ?? '', MOST.input) : []
  if (texts.length < 2) return [question]
  return texts.map((known, at) => ({
    ...question,
    known,
    name: at === 0 ? question.name : `${question.name}${GOES_ON}${at}`,
    label: at === 0 ? question.label : t('slack.continued', { label: t.plain(question.label) }),
    required: question.required && at === 0,
  }))
}
/** Between the name of a field and the number of its next part. */
export const GOES_ON = '/'

function block(question: Question, { t, found }: Asking): InputBlock {
  const hint = question.hint ? t.plain(question.hint) : ''
  return {
    type: 'input',
    block_id: question.name,
    label: plainText(t.plain(question.label), MOST.label),
    optional: !question.required,
    element: inputOf(question, found[question.name], t),
    ...(hint !== '' && { hint: plainText(hint, MOST.label) }),
  }
}

type Notice = 'wait' | 'saving' | 'done' | 'tryAgain'

/** A modal that only tells: while something is being prepared, and when it is over. */
export const notice = (kind: Notice, t: Translate): ModalView =>
  telling(t, `slack.${kind}.title`, t(`slack.${kind}.text`))

const telling = (t: Translate, title: Key, text: Markdown): ModalView => ({
  type: 'modal',
  callback_id: 'notice',
  title: plainText(t.plain(t(title)), MOST.title),
  close: plainText(t.plain(t('slack.dismiss')), MOST.title),
  blocks: packed(richText(text)),
})

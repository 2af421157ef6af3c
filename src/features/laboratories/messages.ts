import type words from '#locales/it/laboratories.json'
import type { Block, Choice, KeysOf, Markdown, Message, Translate } from '#src/core/message.ts'
import type { Request } from './requests/store.ts'
import type { View } from './view.ts'

declare module '#src/core/message.ts' {
  interface Words {
    laboratories: KeysOf<typeof words, 'laboratories'>
  }
}

/** A message of one text, and what can be done next. */
export const note = (text: Markdown, choices: Choice[] = []): Message => ({
  summary: text,
  blocks: [{ type: 'text', text }, ...offered(choices)],
})
export const offered = (choices: Choice[]): Block[] => (choices.length > 0 ? [{ type: 'choices', choices }] : [])

type Button = 'take' | 'question' | 'transfer' | 'solve' | 'cancel' | 'reopen' | 'write' | 'details' | 'comment'
const style: Partial<Record<Button, Choice['style']>> = { take: 'primary', cancel: 'danger' }

/** Buttons about one request: their labels say what will happen. */
export const buttons = (t: Translate, request: Pick<Request, 'id'>, ...names: Button[]): Choice[] =>
  names.map(name => ({
    label: t(`laboratories.buttons.${name}`),
    action: `laboratories.${name}`,
    value: request.id,
    ...(style[name] && { style: style[name] }),
  }))

/** «Laboratorio Umbria», or whoever coordinates. */
export const handlerOf = (t: Translate, { laboratory }: Pick<View, 'laboratory'>): string =>
  laboratory ? t.local(laboratory) : t.plain(t('laboratories.coordinators'))

const replyTime = ({ request }: View): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(request.dueAt)

/** The requester's first message: what she wrote below it reaches the other side. */
export function received(t: Translate, view: View): Message {
  const { number } = view.request
  const values = { number, laboratory: handlerOf(t, view), due: t.moment(replyTime(view)) }
  const text = view.laboratory ? t('laboratories.received.text', values) : t('laboratories.received.uncovered', values)
  return {
    summary: t('laboratories.received.summary', { number }),
    blocks: [
      { type: 'text', text },
      { type: 'text', text: t('laboratories.received.below') },
      ...offered(buttons(t, view.request, 'details', 'cancel')),
    ],
  }
}

/** Somebody's words, where there are any. */
export const quoted = (t: Translate, words: string): Block[] =>
  words === '' ? [] : [{ type: 'quote', text: t.literal(words) }]

/** What the requester hears of a change; words of the other side come as a quotation. */
export const changed = (t: Translate, view: View, what: Change, words = ''): Message => {
  const values = { number: view.request.number, laboratory: handlerOf(t, view) }
  const text = t(`laboratories.changed.${what}`, values)
  const then = offered(buttons(t, view.request, ...thenFor[what]))
  return { summary: text, blocks: [{ type: 'text', text }, ...quoted(t, words), ...then] }
}
export type Change = 'taken' | 'question' | 'transferred' | 'cancelled' | 'reopened' | 'closed'
const thenFor: Record<Change, Button[]> = {
  taken: ['details', 'write'],
  question: ['write'],
  transferred: ['details', 'write'],
  cancelled: ['reopen'],
  reopened: ['details', 'write'],
  closed: ['reopen'],
}

/** Solved: what was done, and how it went from 1 to 5. */
export function solved(t: Translate, view: View): Message {
  const { request } = view
  const names = view.services.map(name => t.local(name))
  const given: Block[] =
    names.length > 0 ? [{ type: 'text', text: t('laboratories.solved.services', { services: t.list(names) }) }] : []
  const text = t('laboratories.solved.text', { number: request.number, laboratory: handlerOf(t, view) })
  return {
    summary: text,
    blocks: [
      { type: 'text', text },
      ...quoted(t, request.outcome ?? ''),
      ...given,
      { type: 'text', text: t('laboratories.solved.ask', { number: request.number }) },
      { type: 'choices', choices: ratings(t, request) },
    ],
  }
}
const ratings = (t: Translate, { id }: Request): Choice[] =>
  [1, 2, 3, 4, 5].map(rating => ({
    label: t.byName(`laboratories.ratings.${rating}`),
    action: 'laboratories.rate',
    value: `${id}:${rating}`,
  }))

import type { Block, Choice, Markdown, Message, Translate } from '#src/core/message.ts'
import { buttons, handlerOf, note, offered, quoted } from './messages.ts'
import type { Request, Words } from './requests/store.ts'
import { isOpen } from './rules.ts'
import type { Card, RequestState } from './schema.ts'
import type { View } from './view.ts'

type Fact = { label: Markdown; value: Markdown }
const instant = (epoch: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(epoch)

/** What those who answer see, everybody alike. */
export const card = (t: Translate, view: View): Message => ({
  summary: summary(t, view),
  blocks: [...about(t, view), ...offered(work(t, view.request))],
})

/** What becomes of a card when another is the one to work on: with somebody else, or below, where the request came back. */
export const formerCard = (t: Translate, view: View, posted: Card): Message => {
  const { number, laboratory } = view.request
  return posted.laboratory === laboratory && !posted.left
    ? note(t('laboratories.card.cameBack', { number }))
    : note(t('laboratories.card.moved', { number, laboratory: handlerOf(t, view) }))
}

const subject = (t: Translate, { practice, event }: View): string => practice?.title ?? t.local(event)

const summary = (t: Translate, view: View): Markdown =>
  t('laboratories.card.summary', {
    number: view.request.number,
    about: subject(t, view),
    state: stateOf(t, view.request),
  })

/** «in carico», as plain text for a sentence. */
export const stateOf = (t: Translate, { state, cancelled }: Pick<Request, 'state' | 'cancelled'>): string =>
  t.plain(cancelled && state === 'closed' ? t('laboratories.states.cancelled') : t(`laboratories.states.${state}`))

const work = (t: Translate, request: Request): Choice[] => {
  const names = workIn[request.state].filter(name => name !== 'question' || request.requester !== null)
  return buttons(t, request, ...names)
}
const workIn: Record<RequestState, Parameters<typeof buttons>[2][]> = {
  new: ['take', 'question', 'transfer', 'solve', 'cancel'],
  assigned: ['question', 'transfer', 'solve', 'cancel'],
  pending: ['question', 'transfer', 'solve', 'cancel'],
  solved: ['reopen'],
  closed: ['reopen'],
}

/** How somebody stands to a request she may read; `reader` coordinates its community. */
type Reads = 'requester' | 'laboratory' | 'reader'

function nextFor(t: Translate, request: Request, side: Reads): Choice[] {
  if (!isOpen(request) || (side === 'laboratory' && request.state === 'new')) {
    return side === 'reader' ? [] : side === 'requester' ? buttons(t, request, 'reopen') : work(t, request)
  }
  if (side === 'reader') return buttons(t, request, 'transfer')
  return side === 'requester'
    ? buttons(t, request, 'write', 'cancel')
    : [...buttons(t, request, 'write'), ...work(t, request)]
}

/** A request as one person may see it, with what was written about it. */
export function details(t: Translate, view: View, side: Reads, written: Written[]): Message {
  const { request } = view
  return {
    summary: summary(t, view),
    blocks: [...about(t, view), ...judged(t, request), ...history(t, written), ...offered(nextFor(t, request, side))],
  }
}

// How it went is told to both sides, one by one: a card in a place would judge somebody in front of everybody.
function judged(t: Translate, { rating, comment }: Request): Block[] {
  if (rating === null) return []
  return [{ type: 'text', text: t('laboratories.card.rating', { rating }) }, ...quoted(t, comment ?? '')]
}

/** What was written, and by whom, as the reader may know them. */
export interface Written extends Pick<Words, 'text' | 'at' | 'file'> {
  who: string
  /** What she attached is called. */
  fileName: string | undefined
}
const history = (t: Translate, written: Written[]): Block[] => {
  if (written.length === 0) return []
  const lines = written.map(({ who, at, text, fileName }) => {
    const values = { who, when: t.moment(instant(at)), text: clipped(text) }
    if (fileName === undefined) return t('laboratories.card.line', values)
    const key = text === '' ? 'laboratories.card.lineOfFile' : 'laboratories.card.lineWithFile'
    return t(key, { ...values, file: clipped(fileName) })
  })
  const files = written.flatMap(({ file, fileName }): Block[] =>
    file ? [{ type: 'file', file, alt: fileName ? t.literal(fileName) : t('laboratories.card.file') }] : [],
  )
  return [{ type: 'text', text: t('laboratories.card.history') }, { type: 'items', items: lines }, ...files]
}
const clipped = (text: string): string => {
  const flat = text.replace(/\s+/gu, ' ')
  const letters = [...flat]
  return letters.length <= 300 ? flat : `${letters.slice(0, 299).join('')}…`
}

function about(t: Translate, view: View): Block[] {
  const { request } = view
  const need: Block = request.need
    ? { type: 'quote', text: t.literal(request.need) }
    : { type: 'text', text: t('laboratories.card.gone') }
  const outcome: Block[] = request.outcome
    ? [
        { type: 'text', text: request.cancelled ? t('laboratories.card.reason') : t('laboratories.card.outcome') },
        { type: 'quote', text: t.literal(request.outcome) },
      ]
    : []
  return [
    { type: 'text', text: t('laboratories.card.title', { number: request.number, state: stateOf(t, request) }) },
    { type: 'facts', facts: facts(t, view) },
    need,
    ...(request.file ? [{ type: 'file' as const, file: request.file, alt: t('laboratories.card.file') }] : []),
    ...outcome,
  ]
}

function facts(t: Translate, view: View): Fact[] {
  const { request, practice, requester, organization, assignee, services } = view
  const fact = (name: FactName, value: string | undefined): Fact[] =>
    value ? [{ label: t(`laboratories.facts.${name}`), value: t.literal(value) }] : []
  const from = [requester?.name, organization].filter(each => each !== undefined && each !== '').join(', ')
  const due = request.replyDueAt === null ? undefined : t.moment(instant(request.replyDueAt))
  return [
    ...fact('from', from),
    ...fact('practice', practice && `${practice.number} ${practice.title}`),
    ...fact('event', t.local(view.event)),
    ...fact('urgency', t.plain(t(`laboratories.request.urgency.options.${request.urgency}`))),
    ...fact('laboratory', handlerOf(t, view)),
    ...fact('assignee', assignee?.name),
    ...fact('due', due),
    ...fact('services', t.list(services.map(name => t.local(name)))),
  ]
}
type FactName = 'from' | 'practice' | 'event' | 'urgency' | 'laboratory' | 'assignee' | 'due' | 'services'

import type { Choice, Markdown, Message, Translate } from '#src/core/message.ts'
import { nextStep } from '../adoptions/messages.ts'
import type { ShownAdoption } from '../adoptions/store.ts'
import {
  adoptButton,
  categoriesIn,
  detailsButton,
  editButton,
  type Fact,
  fact,
  headline,
  instant,
  naming,
  offering,
  supportButton,
  terms,
  told,
  why,
} from '../messages.ts'
import { decisions } from '../proposals/messages.ts'
import { numberOf } from '../rules.ts'
import type { AdoptionState } from '../schema.ts'
import type { Shown } from './store.ts'

/** What a reader may do with the practice on the card. */
export interface May {
  review: boolean
  edit: boolean
  adopt: boolean
  /** Support is for administrations. */
  ask: boolean
  /** She is in no community yet: there she could reuse it. */
  join: boolean
  /** The reuse of her own organization, which she may take further. */
  own: ShownAdoption | undefined
}

/** Everything about one practice, with who provides, holds and reuses it. */
export function practiceCard(t: Translate, practice: Shown, adopted: readonly ShownAdoption[], may: May): Message {
  const state: Fact[] =
    practice.state === 'published'
      ? fact(t, 'practices.card.published', practice.publishedAt === null ? '' : t.date(instant(practice.publishedAt)))
      : [{ label: t('practices.card.state'), value: t(`practices.states.${practice.state}`) }]
  return {
    summary: t('practices.card.summary', naming(practice)),
    blocks: [
      ...headline(t, practice),
      { type: 'quote', text: t.literal(practice.description) },
      {
        type: 'facts',
        facts: [
          ...terms(t, practice),
          ...fact(t, 'practices.card.categories', categoriesIn(t, practice)),
          ...state,
          ...reusers(t, adopted),
        ],
      },
      ...why(t, practice),
      ...offering(...choices(t, practice, may)),
    ],
  }
}

const stages: readonly AdoptionState[] = ['holder', 'in-use', 'deploying', 'interested']

const reusers = (t: Translate, adopted: readonly ShownAdoption[]): Fact[] =>
  stages.flatMap(state => {
    const names = adopted.filter(row => row.state === state).map(row => row.organizationName)
    if (names.length === 0) return []
    return [{ label: t(`practices.reusers.${state}`, { count: names.length }), value: t.literal(t.list(names)) }]
  })

function choices(t: Translate, practice: Shown, may: May): Choice[] {
  const { id, state } = practice
  if (state === 'proposed' && may.review) return [...decisions(t, id), editButton(t, id)]
  if (state === 'published') {
    const begin = may.adopt ? [adoptButton(t, id)] : may.join ? [joinButton(t)] : []
    const reuse = may.own ? nextStep(t, may.own) : begin
    return [...reuse, ...(may.ask ? [supportButton(t, id)] : []), ...(may.edit ? [editButton(t, id)] : [])]
  }
  return may.edit && state !== 'declined' && state !== 'withdrawn' ? [editButton(t, id)] : []
}

const joinButton = (t: Translate): Choice => ({
  label: t('communities.commands.join.menu'),
  action: 'core.run',
  value: 'communities.join',
})

/** One page of what a search found. */
export interface Page {
  /** What was typed, short enough to be said back; and all of it that was searched for. */
  typed: string
  query: string
  /** What was typed and finds nothing, where something near it was searched for. */
  instead: string | undefined
  /** Counted from 1. */
  page: number
  pages: number
  total: number
  /** Whether there are others that are not among them. */
  more: boolean
  practices: readonly Shown[]
}

export function practiceList(t: Translate, found: Page): Message {
  if (found.total === 0) return nothing(t, found.typed)
  const said = found.more ? 'practices.list.many' : found.typed ? 'practices.list.found' : 'practices.list.all'
  const counted = t(said, { count: found.total, typed: found.typed })
  const summary = found.instead ? t('practices.list.near', { typed: found.instead, found: t.plain(counted) }) : counted
  const where = found.pages > 1 ? [paged(t, found)] : []
  return {
    summary,
    blocks: [
      ...[summary, ...where].map(text => ({ type: 'text' as const, text })),
      { type: 'items', items: found.practices.map(practice => listed(t, practice)) },
      { type: 'text', text: t('practices.list.next', { number: numberOf(found.practices[0] ?? { number: 1 }) }) },
      ...offering(...found.practices.map(practice => named(t, practice))),
      ...offering(...(found.page < found.pages ? [more(t, found)] : [])),
    ],
  }
}

const listed = (t: Translate, practice: Shown): Markdown =>
  t('practices.list.item', { ...naming(practice), summary: practice.summary, provider: practice.providerName })

const named = (t: Translate, practice: Shown): Choice => ({
  ...detailsButton(t, practice.id),
  label: t('practices.list.open', naming(practice)),
})
/** Which page it is, and what to write for another: from the last, the first. */
function paged(t: Translate, { page, pages, query }: Page): Markdown {
  const next = page < pages ? page + 1 : 1
  const command = query
    ? t('practices.list.turnFound', { query, page: next })
    : t('practices.list.turnAll', { page: next })
  return t('practices.list.page', { page, pages, command: t.plain(command) })
}
const more = (t: Translate, { page, query }: Page): Choice => ({
  label: t('practices.buttons.more'),
  action: 'practices.more',
  value: `${page + 1}|${query}`,
})

/** Nothing found: the way on is another word, the whole list, or a proposal. */
function nothing(t: Translate, typed: string): Message {
  const all = { label: t('practices.buttons.all'), action: 'practices.more', value: '1|' }
  const propose = { label: t('practices.buttons.propose'), action: 'core.run', value: 'practices.propose' }
  return typed ? told(t('practices.list.nothing', { typed }), all, propose) : told(t('practices.list.empty'), propose)
}

/** What waits: for a decision, or for its proposer. */
export const pendingList = (t: Translate, rows: readonly Shown[]): Message => {
  if (rows.length === 0) return told(t('practices.pending.none'))
  const summary = t('practices.pending.summary', { count: rows.length })
  const items = rows.map(row =>
    t('practices.pending.item', { ...naming(row), state: t.plain(t(`practices.states.${row.state}`)) }),
  )
  const open = rows.slice(0, 5).map(row => named(t, row))
  return { summary, blocks: [{ type: 'text', text: summary }, { type: 'items', items }, ...offering(...open)] }
}

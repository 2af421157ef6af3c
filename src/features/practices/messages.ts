import type words from '#locales/it/practices.json'
import type { Block, Choice, Key, KeysOf, Markdown, Message, Translate } from '#src/core/message.ts'
import type { Shown } from './catalogue/store.ts'
import { numberOf } from './rules.ts'

declare module '#src/core/message.ts' {
  interface Words {
    practices: KeysOf<typeof words, 'practices'>
  }
}

/** One sentence, and what can be done now. */
export const told = (text: Markdown, ...choices: Choice[]): Message => ({
  summary: text,
  blocks: [{ type: 'text', text }, ...offering(...choices)],
})
export const offering = (...choices: Choice[]): Block[] => (choices.length > 0 ? [{ type: 'choices', choices }] : [])

export const instant = (at: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at)
/** How a practice is named in a sentence. */
export const naming = (practice: { number: number; title: string }): { number: string; title: string } => ({
  number: numberOf(practice),
  title: practice.title,
})

export type Fact = { label: Markdown; value: Markdown }
export const fact = (t: Translate, label: Key, value: Markdown | string | null | undefined): Fact[] =>
  value ? [{ label: t(label), value: t.literal(value) }] : []
export const linked = (t: Translate, label: Key, address: string | null): Fact[] =>
  address ? [{ label: t(label), value: t('practices.card.link', { address }) }] : []

export const adoptButton = (t: Translate, id: string): Choice => ({
  label: t('practices.buttons.adopt'),
  action: 'practices.adopt',
  value: id,
  style: 'primary',
})
export const detailsButton = (t: Translate, id: string): Choice => ({
  label: t('practices.buttons.details'),
  action: 'practices.details',
  value: id,
})
export const supportButton = (t: Translate, id: string): Choice => ({
  label: t('practices.buttons.support'),
  action: 'laboratories.ask',
  value: id,
})
export const editButton = (t: Translate, id: string): Choice => ({
  label: t('practices.buttons.edit'),
  action: 'practices.edit',
  value: id,
})

/** Those that the publiccode.yml standard names are said in words; others as somebody wrote them. */
export const categoriesIn = (t: Translate, { categories }: Pick<Shown, 'categories'>): string =>
  categories
    .map(each => {
      const key = `practices.categoryNames.${each}`
      return /^[a-z-]+$/.test(each) && t.has(key) ? t.plain(t.byName(key)) : each
    })
    .join(', ')

/** What it is called and what it solves. */
export const headline = (t: Translate, practice: Shown): Block[] => [
  { type: 'text', text: t('practices.card.head', naming(practice)) },
  { type: 'text', text: t('practices.card.solves', { summary: practice.summary }) },
]
/** Who provides it, and what comes with it. */
export const terms = (t: Translate, practice: Shown): Fact[] => [
  ...fact(t, 'practices.card.provider', practice.providerName),
  ...fact(t, 'practices.card.community', t.local(practice.communityName)),
  ...(practice.kit ? [] : [{ label: t('practices.card.kit'), value: t('practices.card.noKit') }]),
  ...linked(t, 'practices.card.kit', practice.kit),
  ...fact(t, 'practices.card.version', practice.version),
  ...linked(t, 'practices.card.repository', practice.repository),
  ...(practice.licence ? [] : [{ label: t('practices.card.licence'), value: t('practices.card.noLicence') }]),
  ...fact(t, 'practices.card.licence', practice.licence),
]

/** The announcement without its buttons: the preview shows the same. */
export const announcementBlocks = (t: Translate, practice: Shown): Block[] => [
  { type: 'text', text: t('practices.announced.intro', { community: t.local(practice.communityName) }) },
  ...headline(t, practice),
  { type: 'facts', facts: terms(t, practice) },
]

/** What everybody reads when a practice is published, and from then on wherever that stands. */
export function announcement(t: Translate, practice: Shown): Message {
  if (practice.state === 'withdrawn') return withdrawn(t, practice)
  return {
    summary: t('practices.announced.summary', naming(practice)),
    blocks: [
      ...announcementBlocks(t, practice),
      ...updated(t, practice),
      ...offering(adoptButton(t, practice.id), detailsButton(t, practice.id), supportButton(t, practice.id)),
    ],
  }
}

const updated = (t: Translate, { changedAt, publishedAt }: Shown): Block[] =>
  publishedAt !== null && changedAt > publishedAt
    ? [{ type: 'text', text: t('practices.announced.updated', { day: t.day(instant(changedAt)) }) }]
    : []

const withdrawn = (t: Translate, practice: Shown): Message => ({
  summary: t('practices.announced.withdrawn', naming(practice)),
  blocks: [{ type: 'text', text: t('practices.announced.withdrawn', naming(practice)) }, ...why(t, practice)],
})

/** The reason that somebody gave, where there is one. */
export const why = (t: Translate, { reason }: Pick<Shown, 'reason'>): Block[] =>
  reason ? [{ type: 'quote', text: t.literal(reason) }] : []

import type { Choice, Message, Translate } from '#src/core/message.ts'
import type { Shown } from '../catalogue/store.ts'
import {
  announcementBlocks,
  categoriesIn,
  detailsButton,
  editButton,
  naming,
  offering,
  told,
  why,
} from '../messages.ts'
import { type Change, shortened } from '../rules.ts'
import type { PracticeState } from '../schema.ts'

/** How much of a description stands on the card, in characters: the details have it all. */
const OPENING = 600

/** What can be decided about a proposal. */
export const decisions = (t: Translate, id: string): Choice[] => [
  { label: t('practices.buttons.publish'), action: 'practices.publish', value: id, style: 'primary' },
  { label: t('practices.buttons.changes'), action: 'practices.changes', value: id },
  { label: t('practices.buttons.decline'), action: 'practices.decline', value: id, style: 'danger' },
]

/** The card on which a proposal is decided; once it is, what became of it. */
export function reviewCard(t: Translate, practice: Shown, proposer: string | undefined): Message {
  if (practice.state !== 'proposed') return outcomeCard(t, practice, practice.state)
  const names = { ...naming(practice), community: t.local(practice.communityName) }
  const summary = t('practices.review.summary', names)
  const intro = proposer ? t('practices.review.intro', { ...names, proposer }) : summary
  return {
    summary,
    blocks: [
      { type: 'text', text: intro },
      ...announcementBlocks(t, practice),
      { type: 'quote', text: t.literal(shortened(practice.description, OPENING)) },
      { type: 'text', text: t('practices.review.ask', names) },
      ...offering(...decisions(t, practice.id), detailsButton(t, practice.id)),
    ],
  }
}

const outcomeCard = (t: Translate, practice: Shown, outcome: Exclude<PracticeState, 'proposed'>): Message => {
  const summary = t(`practices.review.outcome.${outcome}`, naming(practice))
  return {
    summary,
    blocks: [{ type: 'text', text: summary }, ...why(t, practice), ...offering(detailsButton(t, practice.id))],
  }
}
/** An earlier card, once the proposal has come back on a new one. */
export const supersededCard = (t: Translate, practice: Shown): Message =>
  told(t('practices.review.superseded', naming(practice)), detailsButton(t, practice.id))

/** To the proposer, at each step. */
export function stepTold(t: Translate, practice: Shown): Message {
  const summary = t(`practices.step.${practice.state}`, naming(practice))
  const next = practice.state === 'changes-asked' ? [editButton(t, practice.id)] : []
  return {
    summary,
    blocks: [{ type: 'text', text: summary }, ...why(t, practice), ...offering(...next, detailsButton(t, practice.id))],
  }
}
/** What the proposer was told, once it no longer holds. */
export const stepPast = (t: Translate, practice: Shown): Message =>
  told(t('practices.step.past', naming(practice)), detailsButton(t, practice.id))

/** What an edit changed, for those who follow the thread. */
export function changeNote(t: Translate, practice: Shown, changes: readonly Change[]): Message {
  const summary = t('practices.changed', naming(practice))
  return {
    summary,
    blocks: [
      { type: 'text', text: summary },
      { type: 'items', items: changes.map(change => t(`practices.change.${change}`, valuesOf(t, practice))) },
    ],
  }
}
const valuesOf = (t: Translate, practice: Shown): Record<string, string> => ({
  title: practice.title,
  summary: practice.summary,
  provider: practice.providerName,
  community: t.local(practice.communityName),
  version: practice.version ?? '—',
  kit: practice.kit ?? '—',
  repository: practice.repository ?? '—',
  licence: practice.licence ?? '—',
  categories: categoriesIn(t, practice) || '—',
})

/** To those who reuse what was withdrawn: they may go on. */
export const withdrawalTold = (t: Translate, practice: Shown): Message => {
  const summary = t('practices.step.reuseWithdrawn', naming(practice))
  return {
    summary,
    blocks: [
      { type: 'text', text: summary },
      ...why(t, practice),
      { type: 'text', text: t('practices.adoption.goOn') },
      ...offering(detailsButton(t, practice.id)),
    ],
  }
}

export const withdrawalNote = (t: Translate, practice: Shown): Message => {
  const summary = t('practices.announced.withdrawn', naming(practice))
  return { summary, blocks: [{ type: 'text', text: summary }, ...why(t, practice)] }
}

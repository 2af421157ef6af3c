import type { Choice, Markdown, Message, Translate } from '#src/core/message.ts'
import { detailsButton, fact, instant, naming, offering, supportButton, told } from '../messages.ts'
import { stepAfter, steps } from '../rules.ts'
import type { AdoptionState } from '../schema.ts'
import type { ShownAdoption } from './store.ts'

export const datesOf = (row: ShownAdoption): Record<AdoptionState, number | null> => ({
  interested: row.interestedAt,
  deploying: row.deployingAt,
  'in-use': row.inUseAt,
  holder: row.holderAt,
})

const names = (row: ShownAdoption) => ({ ...naming(row), organization: row.organizationName })

/** The button of the next step; a holder has none, and a claim that waits has none either. */
export function nextStep(t: Translate, row: ShownAdoption): Choice[] {
  const next = stepAfter(row.state)
  if (!next || row.claimedAt !== null) return []
  if (next === 'holder') return [{ label: t('practices.buttons.holder'), action: 'practices.claim', value: row.id }]
  const value = `${row.id}|${next}`
  return [{ label: t(`practices.buttons.${next}`), action: 'practices.advance', value, style: 'primary' }]
}

/** Where an adoption stands, each step with its date, and the next one. */
export function adoptionCard(t: Translate, row: ShownAdoption, lead: Markdown): Message {
  const dates = datesOf(row)
  const passed = steps.flatMap(step => fact(t, `practices.adoption.steps.${step}`, day(t, dates[step])))
  const waiting = row.state === 'in-use' && row.claimedAt !== null
  return {
    summary: lead,
    blocks: [
      { type: 'text', text: lead },
      { type: 'facts', facts: passed },
      ...(waiting ? [{ type: 'text' as const, text: t('practices.adoption.waiting') }] : []),
      ...(row.withdrawn ? [{ type: 'text' as const, text: t('practices.adoption.withdrawn') }] : []),
      ...offering(...nextStep(t, row), supportButton(t, row.practice), detailsButton(t, row.practice)),
    ],
  }
}
const day = (t: Translate, at: number | null): string => (at === null ? '' : t.date(instant(at)))

export const adoptionNow = (t: Translate, row: ShownAdoption): Message =>
  adoptionCard(t, row, t(`practices.adoption.now.${row.state}`, names(row)))
export const adoptionBegun = (t: Translate, row: ShownAdoption): Message =>
  adoptionCard(t, row, t('practices.adoption.begun', names(row)))

/** Nothing comes by itself any more: how to say that the organization holds it. */
export const adoptionInUse = (t: Translate, row: ShownAdoption): Message =>
  adoptionCard(t, row, t('practices.adoption.inUseAlready', names(row)))

/** All that an organization reuses, with the next step of each that has one. */
export function reuseList(t: Translate, organization: string, rows: readonly ShownAdoption[]): Message {
  if (rows.length === 0) {
    const find = { label: t('practices.buttons.find'), action: 'core.run', value: 'practices.list' }
    return told(t('practices.reuses.none', { organization }), find)
  }
  const summary = t('practices.reuses.summary', { organization, count: rows.length })
  const open = rows.filter(row => nextStep(t, row).length > 0)
  const first = open.find(({ state }) => state !== 'in-use')
  const used = open.find(({ state }) => state === 'in-use')
  return {
    summary,
    blocks: [
      { type: 'text', text: summary },
      { type: 'items', items: rows.map(row => reused(t, row)) },
      ...offering(...open.slice(0, 5).flatMap(row => numbered(t, row))),
      ...(first ? [{ type: 'text' as const, text: t('practices.reuses.next', naming(first)) }] : []),
      ...(used && !first ? [{ type: 'text' as const, text: t('practices.reuses.nextHolder', naming(used)) }] : []),
    ],
  }
}
const reused = (t: Translate, row: ShownAdoption): Markdown => {
  const since = day(t, datesOf(row)[row.state])
  const state = t.plain(
    t(
      row.claimedAt !== null && row.state === 'in-use'
        ? 'practices.adoption.claimed'
        : `practices.adoption.steps.${row.state}`,
    ),
  )
  return t(row.withdrawn ? 'practices.reuses.withdrawn' : 'practices.reuses.item', { ...naming(row), state, since })
}
const numbered = (t: Translate, row: ShownAdoption): Choice[] =>
  nextStep(t, row).map(choice => ({
    ...choice,
    label: t('practices.reuses.button', { number: naming(row).number, step: t.plain(choice.label) }),
  }))

/** To those who can say whether it holds the practice. */
export const claimCard = (t: Translate, row: ShownAdoption): Message => {
  const summary = t('practices.claim.ask', names(row))
  return {
    summary,
    blocks: [
      { type: 'text', text: summary },
      { type: 'text', text: t('practices.claim.means') },
      ...offering(
        { label: t('practices.buttons.confirm'), action: 'practices.confirm', value: row.id, style: 'primary' },
        { label: t('practices.buttons.notYet'), action: 'practices.notYet', value: row.id },
        detailsButton(t, row.practice),
      ),
    ],
  }
}
export const claimSettled = (t: Translate, row: ShownAdoption): Message =>
  told(
    t(row.state === 'holder' ? 'practices.claim.confirmed' : 'practices.claim.notYet', names(row)),
    detailsButton(t, row.practice),
  )

/** Good news for the community: it thanks organizations, never persons. */
export const holderNews = (t: Translate, row: ShownAdoption, provider: string): Message => {
  const summary = t('practices.news.summary', names(row))
  return {
    summary,
    blocks: [
      { type: 'text', text: t('practices.news.text', { ...names(row), provider }) },
      ...offering(detailsButton(t, row.practice)),
    ],
  }
}
/** What the reuser hears of her claim. */
export const claimOutcome = (t: Translate, row: ShownAdoption): Message =>
  adoptionCard(t, row, t(row.state === 'holder' ? 'practices.claim.yours' : 'practices.claim.yoursNotYet', names(row)))

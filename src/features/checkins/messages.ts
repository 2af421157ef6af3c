import type words from '#locales/it/checkins.json'
import type { Block, Choice, KeysOf, Markdown, Message, Translate } from '#src/core/message.ts'
import { asked, hers, missing, type Round } from './round.ts'
import { aboutOf, against, clip, type Entry, FULL_PROMPT, isDone, isFinal, isRisk } from './rules.ts'
import type { Answer, Review, Status } from './store.ts'

declare module '#src/core/message.ts' {
  interface Words {
    checkins: KeysOf<typeof words, 'checkins'>
  }
}

export const text = (markdown: Markdown): Block => ({ type: 'text', text: markdown })
export const choices = (...offered: Choice[]): Block[] =>
  offered.length === 0 ? [] : [{ type: 'choices', choices: offered }]
export const plainly = (markdown: Markdown, ...offered: Choice[]): Message => ({
  summary: markdown,
  blocks: [text(markdown), ...choices(...offered)],
})

export const status = (t: Translate, value: Status): string => t.plain(t(`checkins.status.${value}`))
export const nameOf = (t: Translate, { item }: Entry): string => `${item.code} ${t.local(item.name)}`
/** Each once: two organizations may reuse one practice. */
export const codes = (t: Translate, entries: readonly Entry[]): string =>
  t.list([...new Set(entries.map(({ item }) => item.code))])
export const month = (t: Translate, { period }: Round): string => t.month(period.id)

/** «fino a martedì 9 febbraio alle 18:00», or without a day where none is known. */
export function until(t: Translate, { due }: Round): Markdown {
  return due ? t('checkins.until.moment', { moment: t.moment(due) }) : t('checkins.until.close')
}

/** What was said of an item this month, in a few words. */
export function said(t: Translate, entry: Entry): Markdown {
  const { answer, before, review, reviewBefore } = entry
  if (review) return weighed(t, review, reviewBefore)
  if (!answer) return entry.item.owner === null ? t('checkins.said.nobody') : t('checkins.said.nothing')
  const now = status(t, answer.status)
  const values = { now, before: before ? status(t, before.status) : '' }
  const compared = entry.first ? 'first' : against(answer.status, before?.status)
  const told = t(`checkins.said.${compared}`, values)
  return answer.late ? t('checkins.said.late', { told: t.plain(told) }) : told
}

function weighed(t: Translate, review: Review, before: Review | undefined): Markdown {
  const figure = (now: number, then: number | undefined): string =>
    then === undefined || then === now ? String(now) : t.plain(t('checkins.said.figure', { now, then }))
  const told = t('checkins.said.reviewed', {
    likelihood: figure(review.likelihood, before?.likelihood),
    impact: figure(review.impact, before?.impact),
  })
  return review.late ? t('checkins.said.late', { told: t.plain(told) }) : told
}

export const answerChoice = (t: Translate, entry: Entry): Choice => {
  const { item } = entry
  const code = item.code
  if (isRisk(entry)) {
    const label = isDone(entry) ? t('checkins.choices.reviewAgain', { code }) : t('checkins.choices.review', { code })
    return { label, action: 'checkins.review', value: aboutOf(entry) }
  }
  const label = isDone(entry) ? t('checkins.choices.change', { code }) : t('checkins.choices.answer', { code })
  return { label, action: 'checkins.answer', value: aboutOf(entry) }
}
/** A button for each that can still be answered or changed. */
export const answerChoices = (t: Translate, entries: readonly Entry[], open: boolean): Choice[] =>
  entries.filter(entry => open || !isFinal(entry)).map(entry => answerChoice(t, entry))

/** A button that takes last month's answer over, for each that is still missing and has one. */
const sameChoices = (t: Translate, entries: readonly Entry[]): Choice[] =>
  entries
    .filter(entry => entry.before && !isDone(entry))
    .map(entry => ({
      label: t('checkins.choices.same', { code: entry.item.code }),
      action: 'checkins.same',
      value: aboutOf(entry),
    }))
export const skipChoice = (t: Translate, { period }: Round): Choice => ({
  label: t('checkins.choices.skip'),
  action: 'checkins.skip',
  value: period.id,
})
export const run = (label: Markdown, command: string): Choice => ({ label, action: 'core.run', value: command })

/** The one message a month: what is hers, what she said last month, and a button for each. */
export function prompt(t: Translate, round: Round, member: string, open: boolean, late = false): Message {
  const mine = hers(round, member)
  const left = missing(mine)
  if (mine.length === 0) return plainly(t('checkins.prompt.nothing', { month: month(t, round) }))
  const key = !open ? 'closed' : left.length === mine.length ? 'opened' : left.length > 0 ? 'progress' : 'done'
  const count = key === 'progress' ? left.length : mine.length
  const values = { month: month(t, round), count, until: t.plain(until(t, round)) }
  return {
    summary: t('checkins.prompt.summary', values),
    blocks: [
      ...(late ? [text(t('checkins.prompt.late'))] : []),
      text(t(`checkins.prompt.${key}`, values)),
      ...(mine.length > FULL_PROMPT ? briefly(t, mine, open) : mine.flatMap(entry => inFull(t, entry, open))),
      ...(open && left.length > 0 ? choices(skipChoice(t, round)) : []),
    ],
  }
}

const inFull = (t: Translate, entry: Entry, open: boolean): Block[] => {
  const offered = [...answerChoices(t, [entry], open), ...sameChoices(t, [entry])]
  return [itemLine(t, entry), ...lastMonth(t, entry), ...choices(...offered)]
}
const itemLine = (t: Translate, entry: Entry): Block =>
  text(t('checkins.prompt.item', { name: nameOf(t, entry), said: t.plain(said(t, entry)) }))

const briefly = (t: Translate, entries: readonly Entry[], open: boolean): Block[] => [
  { type: 'items', items: entries.map(entry => brief(t, entry)) },
  ...choices(...answerChoices(t, entries, open)),
  ...choices(...sameChoices(t, entries)),
]
const brief = (t: Translate, entry: Entry): Markdown => {
  const values = { name: nameOf(t, entry), said: t.plain(said(t, entry)) }
  if (isDone(entry) || !entry.before) return t('checkins.prompt.item', values)
  return t('checkins.prompt.itemBefore', { ...values, before: status(t, entry.before.status) })
}

/** Last month's answer, as long as this month's is missing. */
function lastMonth(t: Translate, entry: Entry): Block[] {
  if (isDone(entry)) return []
  if (entry.before) return [{ type: 'quote', text: t('checkins.before.answer', { told: retold(t, entry.before) }) }]
  if (!entry.reviewBefore) return []
  const { likelihood, impact, period } = entry.reviewBefore
  return [{ type: 'quote', text: t('checkins.before.review', { month: t.month(period), likelihood, impact }) }]
}

/** An answer in one line: the status, then what was written, shortened. */
function retold(t: Translate, answer: Answer): string {
  const { done, next, blocks, support } = answer
  const parts = [
    t('checkins.before.status', { status: status(t, answer.status) }),
    ...(done ? [t('checkins.before.done', { text: clip(done) })] : []),
    ...(next ? [t('checkins.before.next', { text: clip(next) })] : []),
    ...(blocks ? [t('checkins.before.blocks', { text: clip(blocks) })] : []),
    ...(support ? [t('checkins.before.support')] : []),
  ]
  return parts.map(part => t.plain(part)).join('\n')
}

/** What is still missing, how long it takes, and how to stop it. */
export function reminder(t: Translate, round: Round, member: string): Message {
  const left = missing(hers(round, member))
  const values = { month: month(t, round), count: left.length, codes: codes(t, left), until: t.plain(until(t, round)) }
  const all = run(t('checkins.choices.all'), 'checkins.answer')
  const offered =
    left.length > 4
      ? [...left.slice(0, 3).map(each => answerChoice(t, each)), all]
      : left.map(each => answerChoice(t, each))
  return {
    summary: t('checkins.reminder.summary', values),
    blocks: [
      text(t('checkins.reminder.text', values)),
      text(t('checkins.reminder.why')),
      ...choices(...offered, skipChoice(t, round)),
    ],
  }
}

/** How many things are asked, and how many were answered: in time, and late. */
export const figures = (round: Round) => {
  const all = asked(round)
  const answered = all.filter(isDone)
  const late = answered.filter(({ answer, review }) => (answer ?? review)?.late)
  return { asked: all.length, answered: answered.length, late: late.length }
}

import type { Block, Choice, Markdown, Message, Translate } from '#src/core/message.ts'
import type { Opening } from './closing.ts'
import { answerChoices, choices, codes, figures, month, nameOf, plainly, run, said, text, until } from './messages.ts'
import { asked, hers, missing, type Round } from './round.ts'
import { byLine, type Entry, isAsked, isDone, isRisk } from './rules.ts'
import type { Period } from './store.ts'

/** What a coordinator can do: steer what is open, start the check-in of the next month. */
interface Steers {
  coordinates: boolean
  next: string | undefined
}

/** Where the period stands: by line, what is missing, what is hers; and for coordinators, what they can do. */
export function state(t: Translate, round: Round, member: string, open: boolean, steers: Steers): Message {
  const mine = hers(round, member)
  const summary = standingOf(t, round, open)
  return {
    summary,
    blocks: [
      text(summary),
      text(counted(t, round)),
      { type: 'facts', facts: [...lines(t, round), ...others(t, round)] },
      ...(mine.length > 0 ? own(t, mine, open) : []),
      ...(steers.coordinates && open ? [text(t('checkins.state.coordinator'))] : []),
      ...(steers.coordinates ? choices(...steering(t, round, open, steers.next)) : []),
    ],
  }
}

function standingOf(t: Translate, round: Round, open: boolean): Markdown {
  const values = { month: month(t, round), until: t.plain(until(t, round)) }
  if (open) return t('checkins.state.open', values)
  const { openedAt, closedAt, closesAt } = round.period
  if (openedAt === null) return t('checkins.state.never', values)
  const moment = t.moment(Temporal.Instant.fromEpochMilliseconds(closedAt ?? closesAt))
  return t('checkins.state.closed', { ...values, moment })
}

/** «Risposte: 18 su 25, di cui 2 in ritardo.» */
export function counted(t: Translate, round: Round): Markdown {
  const { asked: count, answered, late } = figures(round)
  return late > 0
    ? t('checkins.state.countedLate', { count, answered, late })
    : t('checkins.state.counted', { count, answered })
}

const lines = (t: Translate, { entries }: Round) =>
  byLine(entries)
    .filter(({ line, actions }) => [line, ...actions].some(isAsked))
    .map(({ line, actions }) => of(t, t.literal(nameOf(t, line)), [line, ...actions].filter(isAsked)))

const others = (t: Translate, round: Round) => {
  const all = asked(round)
  const adoptions = all.filter(({ item }) => item.kind === 'adoption')
  const risks = all.filter(isRisk)
  return [
    ...(adoptions.length > 0 ? [of(t, t('checkins.state.adoptions'), adoptions)] : []),
    ...(risks.length > 0 ? [of(t, t('checkins.state.risks'), risks)] : []),
  ]
}

/** «2 su 4: mancano A2 e A3» */
function of(t: Translate, label: Markdown, entries: readonly Entry[]): { label: Markdown; value: Markdown } {
  const values = { count: entries.length, answered: entries.filter(isDone).length, codes: codes(t, missing(entries)) }
  return {
    label,
    value: values.codes === '' ? t('checkins.state.complete', values) : t('checkins.state.partly', values),
  }
}

const own = (t: Translate, mine: readonly Entry[], open: boolean): Block[] => [
  text(t('checkins.state.yours')),
  {
    type: 'items',
    items: mine.map(entry => t('checkins.prompt.item', { name: nameOf(t, entry), said: t.plain(said(t, entry)) })),
  },
  ...choices(...answerChoices(t, mine, open)),
]

export const startChoice = (t: Translate, month: string): Choice =>
  run(t('checkins.choices.open', { month: t.month(month) }), 'checkins.open')
const steering = (t: Translate, { period }: Round, open: boolean, next?: string): Choice[] => {
  if (open || period.closedAt === null)
    return [run(t('checkins.choices.extend'), 'checkins.extend'), run(t('checkins.choices.close'), 'checkins.close')]
  return next ? [startChoice(t, next)] : []
}

/** Opening early writes to everybody, and cannot be undone: so it is asked first. */
export const startQuestion = (t: Translate, { month: id, at }: Opening): Message =>
  plainly(
    t('checkins.opening', { month: t.month(id), moment: t.moment(at) }),
    { label: t('checkins.choices.openNow', { month: t.month(id) }), action: 'checkins.openNow', value: id },
    run(t('checkins.choices.leaveClosed'), 'checkins.show'),
  )

/** What starting did. */
export const started = (t: Translate, round: Round, people: number): Message =>
  plainly(
    t('checkins.started', { month: month(t, round), count: people, until: t.plain(until(t, round)) }),
    ...steering(t, round, true),
  )
export const alreadyOpen = (t: Translate, round: Round): Message =>
  plainly(
    t('checkins.alreadyOpen', { month: month(t, round), until: t.plain(until(t, round)) }),
    ...steering(t, round, true),
  )

/** Nothing can be started before the next month begins. */
export const nothingToStart = (t: Translate, { id }: Pick<Period, 'id'>, { month: next, at }: Opening): Message =>
  plainly(t('checkins.nothingToStart', { month: t.month(id), next: t.month(next), moment: t.moment(at) }))
export const nothingOpen = (t: Translate, { month: id, at }: Opening, toStart: string | undefined): Message =>
  plainly(
    t('checkins.nothingOpen', { month: t.month(id), moment: t.moment(at) }),
    ...(toStart ? [startChoice(t, toStart)] : []),
  )

export const extended = (t: Translate, round: Round): Message =>
  plainly(t('checkins.extended', { month: month(t, round), until: t.plain(until(t, round)) }))

/** It was given more time already: with `later`, until then it can have still more. */
export function extendedAlready(t: Translate, round: Round, later: Temporal.Instant | undefined): Message {
  const sentence = t('checkins.extendedAlready', { month: month(t, round), until: t.plain(until(t, round)) })
  if (!later) return plainly(sentence)
  const day = later.toZonedDateTimeISO(round.home.timezone).toPlainDate()
  const label = t('checkins.choices.extendTo', { day: t.day(day) })
  return plainly(sentence, { label, action: 'checkins.extend', value: day.toString() })
}

/** Closing cannot be undone, and sends the digest: so it is asked first. */
export function closeQuestion(t: Translate, round: Round): Message {
  const left = missing(asked(round)).length
  const values = { month: month(t, round), count: left }
  return plainly(
    left > 0 ? t('checkins.closing.missing', values) : t('checkins.closing.complete', values),
    { label: t('checkins.choices.closeNow'), action: 'checkins.closeNow', value: round.period.id, style: 'danger' },
    run(t('checkins.choices.leaveOpen'), 'checkins.show'),
  )
}
export const closed = (t: Translate, round: Round): Message => plainly(t('checkins.closed', { month: month(t, round) }))

import { short } from '#src/core/fields.ts'
import type { Choice, Markdown, Message, Translate } from '#src/core/message.ts'
import { answerChoice, choices, codes, month, nameOf, plainly, run, said, text, until } from './messages.ts'
import type { Round } from './round.ts'
import type { Entry } from './rules.ts'

/** No check-in has opened yet. */
export const none = (t: Translate, { month, at }: { month: string; at: Temporal.Instant }): Message =>
  plainly(t('checkins.none.opens', { month: t.month(month), moment: t.moment(at) }))

/** Not the code of anything that is asked; hers are offered. */
export const unknown = (t: Translate, given: string, mine: readonly Entry[]): Message =>
  mine.length === 0
    ? plainly(t('checkins.unknown.nothingYours', { given: short(given) }))
    : plainly(t('checkins.unknown.text', { given: short(given), codes: codes(t, mine) }), ...some(t, mine))

/** A button that is older than the end of what it stands for. */
export const gone = (t: Translate, mine: readonly Entry[]): Message =>
  mine.length === 0
    ? plainly(t('checkins.gone.nothingYours'))
    : plainly(t('checkins.gone.text', { codes: codes(t, mine) }), ...some(t, mine))

/** A command that stands alone came with more words: nothing is done on a misunderstanding. */
export const standsAlone = (t: Translate, given: string): Message =>
  plainly(t('checkins.standsAlone', { given: short(given) }))

export const notHers = (t: Translate): Message => plainly(t('checkins.notYours'))

/** Somebody else answers for it: says who. */
export function whose(t: Translate, entry: Entry, owner: string | undefined, mine: readonly Entry[]): Message {
  const name = nameOf(t, entry)
  const told = owner ? t('checkins.whose.owner', { name, owner }) : t('checkins.whose.nobody', { name })
  return plainly(told, ...some(t, mine))
}

/** Answered in time, and closed since: that answer stands. */
export const finished = (t: Translate, round: Round, entry: Entry): Message =>
  plainly(t('checkins.finished', { month: month(t, round), name: nameOf(t, entry), said: t.plain(said(t, entry)) }))

/** The button of a month that is over: what is asked now is asked again, in its own words. */
export const over = (t: Translate, past: string, month: string, ...offered: Choice[]): Message =>
  plainly(t('checkins.over', { past: t.month(past), month: t.month(month) }), ...offered)

export const nothingBefore = (t: Translate, entry: Entry): Message =>
  plainly(t('checkins.nothingBefore', { name: nameOf(t, entry) }), answerChoice(t, entry))

const some = (t: Translate, entries: readonly Entry[]): Choice[] =>
  entries.slice(0, 5).map(each => answerChoice(t, each))

/** What was kept, whether it counts as late, and what is left to answer: undefined where nothing is asked any more. */
export function saved(
  t: Translate,
  round: Round,
  entry: Entry,
  left: readonly Entry[] | undefined,
  open: boolean,
): Message {
  const values = {
    name: nameOf(t, entry),
    said: t.plain(said(t, entry)),
    month: month(t, round),
    until: t.plain(until(t, round)),
  }
  const summary = t('checkins.saved.text', values)
  const support = supportChoices(t, entry)
  return {
    summary,
    blocks: [
      text(summary),
      text(open ? t('checkins.saved.open', values) : t('checkins.saved.late', values)),
      ...(support.length > 0 ? [text(t('checkins.saved.support'))] : []),
      ...(left ? [text(rest(t, round, left))] : []),
      ...choices(...support, ...(left ?? []).slice(0, 4).map(each => answerChoice(t, each))),
    ],
  }
}

const rest = (t: Translate, round: Round, left: readonly Entry[]): Markdown =>
  left.length === 0
    ? t('checkins.saved.all', { month: month(t, round) })
    : t('checkins.saved.left', { count: left.length, codes: codes(t, left) })

/** Whoever needs support is a press away from asking for it. */
function supportChoices(t: Translate, { answer, item }: Entry): Choice[] {
  if (!answer?.support) return []
  if (!item.practice) return [run(t('checkins.choices.support'), 'laboratories.request')]
  return [{ label: t('checkins.choices.support'), action: 'laboratories.ask', value: item.practice }]
}

export const skipped = (t: Translate, round: Round, left: readonly Entry[]): Message =>
  plainly(
    t('checkins.skipped', { month: month(t, round), until: t.plain(until(t, round)) }),
    ...some(t, left).slice(0, 4),
  )

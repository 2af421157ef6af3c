import type { Feature } from '#src/core/feature.ts'
import type { Block, Markdown, Translate } from '#src/core/message.ts'
import { chart } from './chart.ts'
import { codes, nameOf, said, text } from './messages.ts'
import { type Round, roundOf } from './round.ts'
import { byLine, type Entry, isAsked, isDone, isRisk, type LineState, rose, weight } from './rules.ts'
import { counted } from './state-messages.ts'
import { periodOf } from './store.ts'

/** The check-in's part of the monthly digest: no names, no free text, no ranking. */
export const digest: NonNullable<Feature['digest']> = {
  order: 10,
  blocks: async ({ period: month }, reader, world) => {
    const period = month && (await periodOf(world.tx, month))
    if (!period) return []
    const round = await roundOf(period, world)
    return [...told(world.t(reader), round), ...(period.openedAt === null ? [] : await chart(round, reader, world))]
  },
}

function told(t: Translate, round: Round): Block[] {
  if (round.period.openedAt === null) return [text(t('checkins.digest.never', { month: t.month(round.period.id) }))]
  const lines = byLine(round.entries).filter(({ line, actions }) => [line, ...actions].some(isAsked))
  return [
    text(t('checkins.digest.title', { counted: t.plain(counted(t, round)) })),
    ...lines.flatMap(state => line(t, state)),
    ...missingLines(t, lines),
    ...unowned(t, round),
    ...adoptions(t, round),
    ...risen(t, round),
    ...support(t, round),
  ]
}

const line = (t: Translate, { line: own, actions }: LineState): Block[] => {
  const items = actions.filter(isAsked).map(entry => item(t, entry))
  return [
    text(t('checkins.digest.line', valuesOf(t, own))),
    ...(items.length > 0 ? [{ type: 'items' as const, items }] : []),
  ]
}
const valuesOf = (t: Translate, entry: Entry) => ({ name: nameOf(t, entry), said: t.plain(said(t, entry)) })
const item = (t: Translate, entry: Entry): Markdown => t('checkins.prompt.item', valuesOf(t, entry))

/** «Mancano risposte per: L2T (A4), L4 (L4, A14)». */
function missingLines(t: Translate, lines: readonly LineState[]): Block[] {
  const open = lines.filter(({ missing }) => missing.length > 0)
  if (open.length === 0) return [text(t('checkins.digest.complete'))]
  const told = open.map(({ line: { item }, missing }) => `${item.code} (${missing.join(', ')})`)
  return [text(t('checkins.digest.missing', { lines: told.join('; ') }))]
}

/** What nobody is asked about must not look as if it were not there. */
function unowned(t: Translate, { entries }: Round): Block[] {
  const all = entries.filter(entry => !isAsked(entry))
  return all.length > 0 ? [text(t('checkins.digest.unowned', { codes: codes(t, all) }))] : []
}

const adoptions = (t: Translate, { entries }: Round): Block[] => {
  const all = entries.filter(entry => entry.item.kind === 'adoption' && isAsked(entry))
  if (all.length === 0) return []
  return [text(t('checkins.digest.adoptions')), { type: 'items', items: all.map(entry => item(t, entry)) }]
}

const risen = (t: Translate, { entries }: Round): Block[] => {
  const items = entries.flatMap(entry => {
    const { review, reviewBefore } = entry
    if (!review || !reviewBefore || !rose(review, reviewBefore)) return []
    return t('checkins.digest.risk', {
      name: nameOf(t, entry),
      before: weight(reviewBefore),
      now: weight(review),
      said: t.plain(said(t, entry)),
    })
  })
  const risks = entries.filter(entry => isRisk(entry) && isAsked(entry))
  const open = risks.filter(entry => !isDone(entry))
  const none = items.length === 0 && open.length < risks.length
  return [
    ...(items.length > 0 ? [text(t('checkins.digest.risks')), { type: 'items' as const, items }] : []),
    ...(none ? [text(t('checkins.digest.noRisk'))] : []),
    ...(open.length > 0 ? [text(t('checkins.digest.risksOpen', { codes: codes(t, open) }))] : []),
  ]
}

const support = (t: Translate, { entries }: Round): Block[] => {
  const wanted = entries.filter(({ answer }) => answer?.support)
  return wanted.length > 0 ? [text(t('checkins.digest.support', { codes: codes(t, wanted) }))] : []
}

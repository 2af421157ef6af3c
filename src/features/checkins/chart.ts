import type { Chart, Mark } from '#src/core/chart.ts'
import type { World } from '#src/core/feature.ts'
import type { Block, Markdown, Reader, Translate } from '#src/core/message.ts'
import { keepDrawing } from '#src/storage/drawings.ts'
import { marksOf, monthsTo, runsOf } from './history.ts'
import { nameOf } from './messages.ts'
import type { Round } from './round.ts'
import { byLine, isAsked } from './rules.ts'
import { answersOf, periods } from './store.ts'

interface Row {
  name: string
  marks: (Mark | null)[]
}
/** Some of the rows, with a title of their own. */
interface Part {
  title: string
  months: readonly string[]
  rows: readonly Row[]
}

/** More in one picture is a long way to scroll on a phone, and more than the words beside it may tell. */
const MOST_ROWS = 24

/** Every line over six months, drawn and in words, in as many pictures as it takes; nothing as long as nobody has ever answered. */
export async function chart({ period, entries }: Round, reader: Reader, world: World): Promise<Block[]> {
  const { tx, now } = world
  const t = world.t(reader)
  const months = monthsTo(period.id)
  const answers = (await Promise.all(months.map(month => answersOf(tx, month)))).flat()
  const known = await periods(tx)
  const rows = byLine(entries)
    .map(({ line }) => ({ line, name: nameOf(t, line), marks: marksOf(line.item.id, months, known, answers) }))
    .filter(({ line, marks }) => isAsked(line) || marks.some(isAnswer))
  if (!rows.some(({ marks }) => marks.some(isAnswer))) return []
  const file = t.plain(t('checkins.chart.file', { month: period.id }))
  const all = parts(t, months, rows)
  const blocks: Block[] = []
  for (const [at, part] of all.entries()) {
    const name = all.length === 1 ? file : `${file}-${at + 1}`
    blocks.push({ type: 'image', file: await keepDrawing(tx, drawing(t, part), name, now), alt: alt(t, part) })
  }
  return blocks
}

/** Rows shared out evenly: 25 are 13 and 12. */
function parts(t: Translate, months: readonly string[], rows: readonly Row[]): Part[] {
  const [from = '', to = ''] = [months.at(0), months.at(-1)]
  const title = t.plain(t('checkins.chart.title', { from: t.month(from), to: t.month(to) }))
  const count = Math.ceil(rows.length / MOST_ROWS)
  const size = Math.ceil(rows.length / count)
  return Array.from({ length: count }, (_, at) => ({
    title: count === 1 ? title : t.plain(t('checkins.chart.part', { title, part: at + 1, parts: count })),
    months,
    rows: rows.slice(at * size, (at + 1) * size),
  }))
}

const isAnswer = (mark: Mark | null): boolean => mark !== null && mark !== 'none'

const drawing = (t: Translate, { title, months, rows }: Part): Chart => ({
  kind: 'marks',
  title,
  columns: months.map(month => monthName(t, month, 'short')),
  rows: rows.map(({ name, marks }) => ({ name: name.slice(0, 200), marks })),
  legend: { green: word(t, 'green'), amber: word(t, 'amber'), red: word(t, 'red'), none: word(t, 'none') },
})

const word = (t: Translate, mark: Mark): string =>
  t.plain(mark === 'none' ? t('checkins.chart.none') : t(`checkins.status.${mark}`))

const monthName = (t: Translate, month: string, length: 'short' | 'long'): string =>
  Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 }).toLocaleString(t.locale, { month: length })

/** The same story, line by line: «L1 Sportelli: da ottobre a dicembre verde e gennaio giallo.» */
function alt(t: Translate, { title, months, rows }: Part): Markdown {
  const lines = rows.map(({ name, marks }) => t.plain(t('checkins.chart.line', { name, told: told(t, months, marks) })))
  return t('checkins.chart.alt', { title, lines: lines.join(' ') })
}

function told(t: Translate, months: readonly string[], marks: Row['marks']): string {
  const runs = runsOf(months, marks).map(({ from, to, mark }) => {
    const [first, last, status] = [monthName(t, from, 'long'), monthName(t, to, 'long'), word(t, mark)]
    return t.plain(
      from === to
        ? t('checkins.chart.month', { month: first, status })
        : t('checkins.chart.months', { from: first, to: last, status }),
    )
  })
  return t.list(runs)
}

import type { Chart } from '#src/core/chart.ts'
import type { Window, World } from '#src/core/feature.ts'
import type { Block, Markdown, Reader, Translate } from '#src/core/message.ts'
import { keepDrawing } from '#src/storage/drawings.ts'
import { programme } from '#src/storage/settings.ts'
import type { Request } from './requests/store.ts'
import { byWeek, type Week } from './weeks.ts'

/** Requests opened and closed by week, drawn and in words; nothing when there were none. */
export async function chart(requests: Request[], { to }: Window, reader: Reader, world: World): Promise<Block[]> {
  const t = world.t(reader)
  const end = Math.min(to.epochMilliseconds, world.now.epochMilliseconds)
  const weeks = byWeek(requests, end, (await programme(world.tx)).timezone)
  const told = weeks.filter(({ opened, closed }) => opened + closed > 0)
  if (told.length === 0) return []
  const file = t.plain(t('laboratories.chart.file', { day: weeks.at(-1)?.monday.toString() ?? '' }))
  return [{ type: 'image', file: await keepDrawing(world.tx, drawing(t, weeks), file, world.now), alt: alt(t, told) }]
}

const drawing = (t: Translate, weeks: readonly Week[]): Chart => ({
  kind: 'bars',
  title: t.plain(t('laboratories.chart.title')),
  columns: weeks.map(({ monday: { day, month } }) => `${day}/${month}`),
  series: [
    { name: t.plain(t('laboratories.chart.opened')), values: weeks.map(({ opened }) => opened) },
    { name: t.plain(t('laboratories.chart.closed')), values: weeks.map(({ closed }) => closed) },
  ],
})

/** The same story in words; weeks in which nothing happened are passed over. */
function alt(t: Translate, told: readonly Week[]): Markdown {
  const weeks = told.map(({ monday, opened, closed }) =>
    t.plain(t('laboratories.chart.week', { day: t.day(monday), opened, closed })),
  )
  return t('laboratories.chart.alt', { title: t.plain(t('laboratories.chart.title')), weeks: weeks.join(' ') })
}

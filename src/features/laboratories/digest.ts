import type { Feature, Window, World } from '#src/core/feature.ts'
import type { Block, Markdown, Reader, Translate } from '#src/core/message.ts'
import { chart } from './chart.ts'
import { asOf, type Dated, type Figures, figures } from './figures.ts'
import { requestsBetween } from './requests/store.ts'
import { laboratories } from './store.ts'
import { lookedBackTo } from './weeks.ts'

/** Its part of the digest: how much was asked and answered, never by whom. */
async function blocks(window: Window, reader: Reader, world: World): Promise<Block[]> {
  const from = window.from.epochMilliseconds
  // Of a month that is not over, what has been until now.
  const to = Math.min(window.to.epochMilliseconds, world.now.epochMilliseconds + 1)
  const seen = await requestsBetween(world.tx, Math.min(from, lookedBackTo(window.to)), to)
  const all = seen.map(each => asOf(each, to))
  const whole = figures(all, from, to)
  if (isEmpty(whole)) return []
  const t = world.t(reader)
  const each = await byLaboratory(t, all, { from, to }, world)
  const text = t('laboratories.digest.title')
  const drawn = await chart(seen, window, reader, world)
  return [{ type: 'text', text }, { type: 'items', items: lines(t, whole) }, ...each, ...drawn]
}

const isEmpty = ({ opened, solved, closed, open, due }: Figures): boolean => opened + solved + closed + open + due === 0

function lines(t: Translate, { opened, solved, closed, open, ages, inTime, due }: Figures): Markdown[] {
  return [
    t('laboratories.digest.opened', { count: opened }),
    t('laboratories.digest.solved', { count: solved }),
    t('laboratories.digest.closed', { count: closed }),
    t('laboratories.digest.open', { count: open }),
    ...(open > 0 ? [t('laboratories.digest.ages', ages)] : []),
    ...(due > 0 ? [t('laboratories.digest.inTime', { count: inTime, due })] : []),
  ]
}

/** One line for each, when there are several; what none covers is the coordinators'. */
async function byLaboratory(
  t: Translate,
  all: Dated[],
  { from, to }: { from: number; to: number },
  world: World,
): Promise<Block[]> {
  const known = await laboratories(world.tx)
  const names = [
    ...known.map(({ id, name }) => [id, t.local(name)] as const),
    [null, t.plain(t('laboratories.coordinators'))] as const,
  ]
  const shown = names
    .map(([id, name]) => ({
      name,
      its: figures(
        all.filter(({ laboratory }) => laboratory === id),
        from,
        to,
      ),
    }))
    .filter(({ its }) => !isEmpty(its))
  if (known.length < 2 || shown.length < 2) return []
  const items = shown.map(({ name, its: { opened, closed, open, inTime, due } }) =>
    t('laboratories.digest.laboratory', { name, opened, closed, open, inTime, due }),
  )
  return [{ type: 'items', items }]
}

export const digest: NonNullable<Feature['digest']> = { order: 60, blocks }

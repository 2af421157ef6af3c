import type { Window, World } from '#src/core/feature.ts'
import type { Block, Markdown, Reader, Translate } from '#src/core/message.ts'
import { datesOf } from './adoptions/messages.ts'
import { adoptionsMovedBetween, type ShownAdoption } from './adoptions/store.ts'
import { publishedBetween } from './catalogue/store.ts'
import { naming } from './messages.ts'
import { steps } from './rules.ts'
import type { AdoptionState } from './schema.ts'

const MOST = 10

/** New practices, steps of adoptions, reusers who became holders. Facts about practices and organizations only. */
export async function digestBlocks({ from, to }: Window, reader: Reader, { tx, t }: World): Promise<Block[]> {
  const say = t(reader)
  const [start, end] = [from.epochMilliseconds, to.epochMilliseconds]
  const published = (await publishedBetween(tx, start, end)).map(row => say('practices.digest.practice', naming(row)))
  const moved = await adoptionsMovedBetween(tx, start, end)
  const during = (step: AdoptionState) => (row: ShownAdoption) => {
    const at = datesOf(row)[step]
    return at !== null && at >= start && at < end
  }
  const stepped = steps.flatMap(step => {
    const items = moved.filter(during(step)).map(row => adopted(say, row))
    return items.length === 0 ? [] : section(say, say(`practices.digest.${step}`, { count: items.length }), items)
  })
  const fresh =
    published.length === 0
      ? []
      : section(say, say('practices.digest.published', { count: published.length }), published)
  if (fresh.length + stepped.length === 0) return []
  return [{ type: 'text', text: say('practices.digest.title') }, ...fresh, ...stepped]
}

const adopted = (t: Translate, row: ShownAdoption): Markdown =>
  t('practices.digest.adoption', { ...naming(row), organization: row.organizationName })

const section = (t: Translate, heading: Markdown, items: Markdown[]): Block[] => {
  const rest = items.length - MOST
  const shown = rest > 0 ? [...items.slice(0, MOST), t('practices.digest.more', { count: rest })] : items
  return [
    { type: 'text', text: heading },
    { type: 'items', items: shown },
  ]
}

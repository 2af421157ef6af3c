import type { KnownBlock } from '@slack/types'
import type { Message } from '#src/core/message.ts'
import type { Intake, Placement } from '#src/core/platform.ts'
import type { Files } from './files.ts'
import { fits, fitted } from './fitted.ts'
import { MOST } from './limits.ts'
import { blocksOf, escaped, type Held, isPicture, summaryOf } from './render.ts'

/** A message as Slack takes it. */
export interface Drawn {
  text: string
  blocks: KnownBlock[]
  unfurl_links: boolean
  unfurl_media: boolean
}
interface Drawing {
  files: Files
  intake: () => Intake
}

/** Links are not unfolded, but for those of files: a file is shared with the readers of a message by the link in its `text`. */
export async function draw(message: Message, key: string, at: Placement, { files, intake }: Drawing): Promise<Drawn> {
  const t = intake().t(at.to)
  const held = await files.of(message, t)
  const linked = [...held.values()].filter(each => !isPicture(each))
  const blocks = await fitted(message, { t, key, files: held }, MOST.blocks, async text => {
    const rest = await files.text(`${t.plain(t('slack.rest'))}.txt`, text)
    linked.push(rest)
    return rest
  })
  const shared = linked.length > 0
  return {
    text: [summaryOf(message, t), ...linked.map(link)].join('\n'),
    blocks,
    unfurl_links: shared,
    unfurl_media: shared,
  }
}
const link = ({ link: address, name }: Held): string => `<${address}|${escaped(name.replaceAll('|', ' '))}>`

/** Whether a message comes with files, be it only because it is too long: who reads it must be let in to them. */
export function sharesFiles(message: Message, { to, key }: Placement, { intake }: Drawing): boolean {
  if (message.blocks.some(({ type }) => type === 'image' || type === 'file')) return true
  return !fits(blocksOf(message, { t: intake().t(to), key, files: new Map() }), MOST.blocks)
}

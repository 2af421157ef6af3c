import type { KnownBlock } from '@slack/types'
import { type Message, type Translate, unreachable } from '#src/core/message.ts'
import { MOST } from './limits.ts'
import { lengthOf, packed } from './pack.ts'
import { blocksOf, type Drawing, type Held } from './render.ts'
import { section } from './rich.ts'

/** Blocks that Slack takes: all of them, or the first ones with every button and a link to the whole text. */
export async function fitted(
  message: Message,
  drawing: Drawing,
  most: number,
  keep: (text: string) => Promise<Held>,
): Promise<KnownBlock[]> {
  const all = blocksOf(message, drawing)
  if (fits(all, most)) return all
  const whole = await keep(transcribed(message, drawing.t))
  const rest = packed([section([{ type: 'link', url: whole.link, text: drawing.t.plain(drawing.t('slack.rest')) }])])
  const buttons = all.filter(block => block.type === 'actions').slice(0, most - 10)
  const shown: KnownBlock[] = []
  for (const block of all) {
    if (block.type === 'actions') continue
    if (!fits([...shown, block, ...rest, ...buttons], most)) break
    shown.push(block)
  }
  return [...shown, ...rest, ...buttons]
}

export const fits = (blocks: readonly KnownBlock[], most: number): boolean =>
  blocks.length <= most && blocks.reduce((sum, block) => sum + textIn(block), 0) <= MOST.message

const textIn = (block: KnownBlock): number =>
  block.type === 'rich_text' ? block.elements.reduce((sum, part) => sum + lengthOf(part), 0) : 0

/** The whole message as plain text, for the file that holds what did not fit. */
function transcribed(message: Message, t: Translate): string {
  return message.blocks
    .map(block => {
      switch (block.type) {
        case 'text':
        case 'quote':
          return t.plain(block.text)
        case 'facts':
          return block.facts.map(({ label, value }) => `${t.plain(label)}: ${t.plain(value)}`).join('\n')
        case 'items':
          return block.items.map(item => `• ${t.plain(item)}`).join('\n')
        case 'choices':
          return ''
        case 'image':
        case 'file':
          return t.plain(block.alt)
        default:
          return unreachable(block)
      }
    })
    .filter(Boolean)
    .join('\n\n')
}

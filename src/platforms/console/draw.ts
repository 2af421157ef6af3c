import { type Block, type Message, type Translate, unreachable } from '#src/core/message.ts'

/** A message as text; its choices, image and file are told beside it. */
export const text = (message: Message, t: Translate): string =>
  message.blocks
    .map(block => drawn(block, t))
    .filter(part => part !== '')
    .join('\n')

function drawn(block: Block, t: Translate): string {
  switch (block.type) {
    case 'text':
      return t.plain(block.text)
    case 'quote':
      return t.plain(block.text).replace(/^/gm, '> ')
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
}

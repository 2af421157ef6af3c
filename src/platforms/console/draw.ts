import { type Block, type Message, offers, type Translate, unreachable } from '#src/core/message.ts'
import type { Live, OpenForm } from '#src/core/platform.ts'

/** A message as the console shows it: one line of the rehearsal. */
export interface Shown {
  to: string
  ref: string
  text: string
  choices?: { n: number; label: string; action: string; value: string }[]
  /** The first picture; `images` has all of them when there are several. */
  image?: Attached
  images?: Attached[]
  file?: Attached
  thread?: string
  edit?: true
  onlyFor?: string
}
interface Attached {
  alt: string
  /** A path. */
  file: string
}

type Drawing = Pick<Shown, 'text' | 'choices' | 'image' | 'images' | 'file'>

/** What a message says: its text, its numbered choices, and the files it brings. */
export async function drawn(
  message: Message,
  t: Translate,
  attach: (id: string) => Promise<string | undefined>,
): Promise<Drawing> {
  const choices = offers(message).map(({ label, action, value }, at) => ({
    n: at + 1,
    label: t.plain(label),
    action,
    value,
  }))
  const parts: Drawing = {
    text: message.blocks
      .map(block => written(block, t))
      .filter(Boolean)
      .join('\n'),
    ...(choices.length > 0 && { choices }),
  }
  const images: Attached[] = []
  for (const block of message.blocks) {
    if (block.type !== 'image' && block.type !== 'file') continue
    const file = await attach(block.file)
    if (!file) continue
    const attached = { alt: t.plain(block.alt), file }
    if (block.type === 'file') parts.file = attached
    else images.push(attached)
  }
  const [image] = images
  if (image) parts.image = image
  if (images.length > 1) parts.images = images
  return parts
}

function written(block: Block, t: Translate): string {
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

/** What comes back live, as a line of the rehearsal; undefined when there is nothing to show. */
export function live(answer: Live, to: string, t: Translate): object | undefined {
  switch (answer.kind) {
    case 'ask':
      return { to, form: form(answer.form, t) }
    case 'problems':
      return {
        to,
        problems: Object.fromEntries(Object.entries(answer.problems).map(([name, text]) => [name, t.plain(text)])),
      }
    case 'silence':
      return undefined
    default:
      return unreachable(answer)
  }
}

const form = ({ name, title, questions }: OpenForm, t: Translate): object => ({
  name,
  title: t.plain(title),
  fields: questions.map(({ label, hint, source: _, ...rest }) => ({
    ...rest,
    label: t.plain(label),
    ...(hint && { hint: t.plain(hint) }),
  })),
})

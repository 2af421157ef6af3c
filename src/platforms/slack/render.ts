import type { ActionsBlock, KnownBlock, PlainTextElement, PlainTextOption } from '@slack/types'
import { type Block, type Choice, type Message, offers, type Translate, unreachable } from '#src/core/message.ts'
import { MOST, shorten } from './limits.ts'
import { lengthOf, packed } from './pack.ts'
import { inline, type Part, richText, section, words } from './rich.ts'

/** A file that Slack already holds: drawn by its id, or linked. */
export interface Held {
  id: string
  link: string
  name: string
  /** What Slack found it to be; unknown until it has looked. */
  type?: string
}
export interface Drawing {
  t: Translate
  /** The outbox key of the message: what a press on one of its buttons comes back with. */
  key: string
  /** The files of the message, by our own id. */
  files: ReadonlyMap<string, Held>
}

export const plainText = (text: string, most: number): PlainTextElement => ({
  type: 'plain_text',
  // Slack refuses an empty label; and `:smile:` is what somebody wrote.
  text: shorten(text, most) || '\u00A0',
  emoji: false,
})

/** A message as Block Kit, however long. `fitted` makes it no longer than Slack takes. */
export const blocksOf = (message: Message, drawing: Drawing): KnownBlock[] =>
  message.blocks.flatMap((block, at) =>
    drawn(block, { ...drawing, at, before: offers({ ...message, blocks: message.blocks.slice(0, at) }).length }),
  )

/** The notification: plain, and the only part that goes through Slack's own reading of text. */
export const summaryOf = ({ summary }: Message, t: Translate): string =>
  escaped(shorten(t.plain(summary), MOST.summary)) || '\u00A0'

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Where a block stands: how many blocks and choices come before it. */
interface Spot {
  at: number
  before: number
}

function drawn(block: Block, drawing: Drawing & Spot): KnownBlock[] {
  const { t, files } = drawing
  switch (block.type) {
    case 'text':
      return packed(richText(block.text).filter(some))
    case 'quote':
      return packed([{ type: 'rich_text_quote' as const, elements: inline(block.text) }].filter(some))
    case 'facts':
      return packed([section(block.facts.flatMap(fact))].filter(some))
    case 'items':
      return packed([list(block.items.map(item => section(inline(item))).filter(some))].filter(some))
    case 'choices':
      return offered(block.choices, drawing)
    case 'image':
    case 'file':
      return attached(block, files.get(block.file), t)
    default:
      return unreachable(block)
  }
}

const some = (part: Part): boolean => lengthOf(part) > 0
const list = (elements: Extract<Part, { type: 'rich_text_list' }>['elements']): Part => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements,
})

const fact = ({ label, value }: Extract<Block, { type: 'facts' }>['facts'][number], at: number) => [
  ...(at > 0 ? [words('\n')] : []),
  ...inline(label, { bold: true }),
  words(': '),
  ...inline(value),
]

/** What Slack shows in a message; anything else is a file, and linked. */
export const isPicture = ({ type = '' }: Held): boolean => /^image\/(png|jpe?g|gif)$/.test(type)

function attached(block: Block & { type: 'image' | 'file' }, held: Held | undefined, t: Translate): KnownBlock[] {
  if (!held) return packed(richText(block.alt).filter(some))
  const alt = t.plain(block.alt)
  if (block.type === 'image' && isPicture(held)) {
    return [{ type: 'image', slack_file: { id: held.id }, alt_text: shorten(alt, MOST.alt) || held.name }]
  }
  // A message that links an unshared file is what shares it with those who read the message.
  return packed([
    section([words('📎 '), { type: 'link', url: held.link, text: shorten(alt, MOST.linkText) || held.name }]),
  ])
}

/** Up to five buttons; more are a menu, whose options still carry what they do. */
function offered(choices: readonly Choice[], { t, key, at, before }: Drawing & Spot): ActionsBlock[] {
  const block_id = shorten(`${at}|${key}`, MOST.blockId)
  if (choices.length === 0) return []
  if (choices.length <= MOST.buttons) {
    return [{ type: 'actions', block_id, elements: choices.map((choice, number) => button(choice, number, t)) }]
  }
  const values = menuValues(choices, before)
  const options = choices.map(({ label }, number) => option(t.plain(label), values[number] ?? ''))
  const menus = Array.from({ length: Math.ceil(options.length / MOST.options) }, (_, number) => ({
    type: 'static_select' as const,
    action_id: `menu#${number}`,
    placeholder: plainText(t.plain(t('slack.choose')), MOST.optionLabel),
    options: options.slice(number * MOST.options, (number + 1) * MOST.options),
  }))
  return [{ type: 'actions', block_id, elements: menus }]
}

/** What an option does; where that does not fit, or stands there already, its number among all choices of the message. */
function menuValues(choices: readonly Choice[], before: number): string[] {
  const said = new Set<string>()
  return choices.map(({ action, value }, at) => {
    const whole = `${action} ${value}`
    const fits = whole.length <= MOST.optionValue && !said.has(whole)
    said.add(whole)
    return fits ? whole : `#${before + at}`
  })
}

const button = ({ label, action, value, style }: Choice, at: number, t: Translate) => ({
  type: 'button' as const,
  action_id: `${action}#${at}`,
  text: plainText(t.plain(label), MOST.buttonLabel),
  ...(value !== '' && { value: shorten(value, MOST.buttonValue) }),
  ...(style && { style }),
})

/** A label that is longer than a line of Slack's goes on in the smaller line below. */
export function option(label: string, value: string): PlainTextOption {
  const cut = label.length > MOST.optionLabel ? label.lastIndexOf(' ', MOST.optionLabel) : -1
  if (cut < MOST.optionLabel / 2) return { text: plainText(label, MOST.optionLabel), value }
  const description = plainText(label.slice(cut + 1), MOST.optionLabel)
  return { text: plainText(label.slice(0, cut), MOST.optionLabel), description, value }
}

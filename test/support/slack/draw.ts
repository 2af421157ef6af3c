// What Slack shows, read back as the lines of a rehearsal: so that one scenario can be told on both.

import type { Shown } from '#src/platforms/console/draw.ts'
import type { Drawn } from '#test/support/community.ts'
import type { Modal, Seen } from './screen.ts'

export type Json = Record<string, unknown>
export const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const plain = (value: unknown): string => text((value as Json | undefined)?.text)

/** The words of a block, as somebody reads them. */
export function words(block: Json): string {
  if (block.type === 'image') return text(block.alt_text)
  if (block.type === 'rich_text') return list(block.elements).map(part).join('\n').replaceAll('📎 ', '')
  return plain(block.text)
}
function part(each: Json): string {
  const inside = list(each.elements)
  if (each.type === 'rich_text_quote') return inside.map(span).join('').replace(/^/gm, '> ')
  if (each.type !== 'rich_text_list') return inside.map(span).join('')
  return inside.map((item, at) => `${each.style === 'ordered' ? `${at + 1}.` : '•'} ${part(item)}`).join('\n')
}
const span = (each: Json): string => {
  if (each.type === 'date') return text(each.fallback)
  if (each.type !== 'link') return text(each.text)
  const own = text(each.text)
  return own === '' || text(each.url).includes('/files/') ? own || text(each.url) : `${own} (${text(each.url)})`
}

/** A choice that somebody can press, with what Slack sends when she does. */
export interface Pressable {
  label: string
  action: string
  value: string
  block: string
  native: Json
}
export const pressables = (blocks: readonly Json[]): Pressable[] =>
  blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(({ block_id, elements }) => list(elements).flatMap(each => choices(each, text(block_id))))

function choices(each: Json, block: string): Pressable[] {
  const { action_id, type } = each
  if (type === 'button') {
    const action = text(action_id).replace(/#\d+$/, '')
    return [
      {
        label: plain(each.text),
        action,
        value: text(each.value),
        block,
        native: { type, action_id, value: each.value },
      },
    ]
  }
  return list(each.options).map(option => {
    const [action = '', ...rest] = text(option.value).split(' ')
    const description = plain(option.description)
    const label = [plain(option.text), description].filter(Boolean).join(' ')
    const native = { type, action_id, selected_option: option }
    return { label, action, value: rest.join(' '), block, native }
  })
}

export interface Names {
  person(user: string): string
  place(channel: string): string
  ref(channel: string, ts: string): string | undefined
  /** A copy of a file that the bot put into Slack, by its id or the address that a message gives of it. */
  copy(address: string): string | undefined
}

export function shownOf(message: Seen, names: Names, edit: boolean): Shown {
  const offered = pressables(message.blocks).map(({ label, action, value }, at) => ({
    n: at + 1,
    label,
    action,
    value,
  }))
  const said = message.blocks.filter(({ type }) => type !== 'actions').map(words)
  const thread = message.thread ? names.ref(message.channel, message.thread) : undefined
  const images = message.blocks
    .filter(({ type }) => type === 'image')
    .map(each => ({ alt: text(each.alt_text), file: names.copy(text((each.slack_file as Json).id)) ?? '' }))
  const [image] = images
  const link = message.blocks.flatMap(linksIn).find(({ url }) => text(url).includes('/files/'))
  const copy = link && names.copy(text(link.url))
  return {
    to: names.place(message.channel),
    ref: names.ref(message.channel, message.ts) ?? '',
    text: (message.blocks.length > 0 ? said : [message.text]).filter(Boolean).join('\n'),
    ...(offered.length > 0 && { choices: offered }),
    ...(image && { image }),
    ...(images.length > 1 && { images }),
    ...(copy && { file: { alt: text(link.text), file: copy } }),
    ...(thread && { thread }),
    ...(edit && { edit: true as const }),
    ...(message.only && { onlyFor: names.person(message.only) }),
  }
}

const linksIn = (each: Json): Json[] => (each.type === 'link' ? [each] : list(each.elements).flatMap(linksIn))

export const isForm = (view: Json): boolean => view.callback_id === 'form'

/** A modal as the form that it is. */
export function formOf({ view }: Modal): Drawn {
  const { form } = JSON.parse(text(view.private_metadata)) as { form: string }
  const blocks = list(view.blocks)
  const [first] = blocks
  const long = plain(view.title).endsWith('…') && first?.type === 'rich_text'
  return {
    name: form,
    title: long ? words(first) : plain(view.title),
    fields: blocks.filter(({ type, block_id }) => type === 'input' && !text(block_id).includes('/')).map(field),
  }
}

const kinds: Record<string, string> = {
  datepicker: 'date',
  number_input: 'number',
  file_input: 'file',
  radio_buttons: 'pick',
  static_select: 'pick',
  checkboxes: 'picks',
  multi_static_select: 'picks',
  external_select: 'search',
}
function field({ block_id, label, hint, optional, element }: Json): Drawn['fields'][number] {
  const inside = element as Json
  const known = initial(inside)
  const options = optionsOf(inside)
  return {
    name: text(block_id),
    label: plain(label),
    kind: kinds[text(inside.type)] ?? (inside.multiline ? 'paragraph' : 'line'),
    required: optional !== true,
    ...(hint ? { hint: plain(hint) } : {}),
    ...(options.length > 0 && { options }),
    ...(known !== undefined && { known }),
  }
}
export const optionsOf = (element: Json): { value: string; label: string }[] =>
  [...list(element.options), ...list(element.option_groups).flatMap(group => list(group.options))].map(optionOf)
export const optionOf = ({ value, text: label, description }: Json): { value: string; label: string } => ({
  value: text(value),
  label: [plain(label), plain(description)].filter(Boolean).join(' '),
})

/** What stands in a field before she touches it. */
function initial(element: Json): string | undefined {
  const { initial_value, initial_date, initial_option, initial_options } = element
  if (initial_value !== undefined) return text(initial_value)
  if (initial_date !== undefined) return text(initial_date)
  if (initial_option !== undefined) return text((initial_option as Json).value)
  return initial_options === undefined
    ? undefined
    : list(initial_options)
        .map(({ value }) => text(value))
        .join(',')
}

/** Problems that stand in a modal, above the field each is about. */
export function problemsIn({ view }: Modal): Record<string, string> {
  const found: Record<string, string> = {}
  const blocks = list(view.blocks)
  for (const [at, block] of blocks.entries()) {
    const said = block.type === 'rich_text' ? words(block) : ''
    if (said.startsWith('⚠️ ')) found[text(blocks[at + 1]?.block_id)] = said.slice('⚠️ '.length)
  }
  return found
}

import {
  type Block,
  type Choice,
  type Markdown,
  type Message,
  offers,
  type Translate,
  unreachable,
} from '#src/core/message.ts'
import { escaped, html, line } from './html.ts'

/** A message as Matrix shows it: one text that reads well alone, and the same with marks. */
export interface Drawn {
  body: string
  formatted_body: string
}
export interface Attached {
  kind: 'image' | 'file'
  file: string
  alt: string
}

/** How many choices can be pressed by a reaction. */
export const SEEDED = 4
const KEYCAP = '\uFE0F\u20E3'
export const keycap = (number: number): string => `${number}${KEYCAP}`
/** The number on a reaction, also as clients write it that leave its mark out. */
export const numberOn = (key: string): number | undefined => {
  const found = /^([1-9])\uFE0F?\u20E3?$/.exec(key.trim())
  return found ? Number(found[1]) : undefined
}

/** The text of a message; undefined when it is nothing but files. */
export function drawn(message: Message, t: Translate, { direct }: { direct: boolean }): Drawn | undefined {
  const parts: Drawn[] = []
  let number = 1
  for (const block of message.blocks) {
    const part = draw(block, t, number)
    if (part) parts.push(part)
    if (block.type === 'choices') number += block.choices.length
  }
  if (parts.length === 0) return undefined
  if (offers(message).length > 0) parts.push(text(direct ? t('matrix.choose.direct') : t('matrix.choose.room'), t))
  return {
    body: parts.map(({ body }) => body).join('\n\n'),
    formatted_body: parts.map(part => part.formatted_body).join(''),
  }
}

function draw(block: Block, t: Translate, first: number): Drawn | undefined {
  switch (block.type) {
    case 'text':
      return text(block.text, t)
    case 'quote':
      return {
        body: t.plain(block.text).replace(/^/gm, '> '),
        formatted_body: `<blockquote>${html(block.text)}</blockquote>`,
      }
    case 'facts':
      return {
        body: block.facts.map(({ label, value }) => `${t.plain(label)}: ${t.plain(value)}`).join('\n'),
        formatted_body: `<p>${block.facts.map(({ label, value }) => `<strong>${line(label)}:</strong> ${line(value)}`).join('<br>')}</p>`,
      }
    case 'items':
      return {
        body: block.items.map(item => `• ${t.plain(item)}`).join('\n'),
        formatted_body: `<ul>${block.items.map(item => `<li>${line(item)}</li>`).join('')}</ul>`,
      }
    case 'choices':
      return block.choices.length === 0 ? undefined : numbered(block.choices, t, first)
    case 'image':
    case 'file':
      return undefined
    default:
      return unreachable(block)
  }
}

const text = (markdown: Markdown, t: Translate): Drawn => ({
  body: t.plain(markdown),
  formatted_body: html(markdown),
})

/** Labels are plain: they are numbered, and the number is what is typed. */
function numbered(choices: Choice[], t: Translate, first: number): Drawn {
  const labels = choices.map(({ label }) => t.plain(label))
  return {
    body: labels.map((label, at) => `${first + at}. ${label}`).join('\n'),
    formatted_body: `<ol${first === 1 ? '' : ` start="${first}"`}>${labels.map(label => `<li>${escaped(label)}</li>`).join('')}</ol>`,
  }
}

/** The files a message brings, in order. */
export const attachedTo = (message: Message, t: Translate): Attached[] =>
  message.blocks.flatMap(block =>
    block.type === 'image' || block.type === 'file'
      ? [{ kind: block.type, file: block.file, alt: t.plain(block.alt) }]
      : [],
  )

// An event holds 64 KiB at most; encrypted, with its edit beside it, so much is left for one text.
const MOST = 12_000

/** The content of an `m.room.message`. The bot speaks in notices: no other bot answers those. */
export function content({ body, formatted_body: formatted }: Drawn): Record<string, unknown> {
  const bare = { msgtype: 'm.notice', body: cut(body), 'm.mentions': {} }
  const short = Buffer.byteLength(formatted) + Buffer.byteLength(bare.body) <= 2 * MOST
  return short ? { ...bare, format: 'org.matrix.custom.html', formatted_body: formatted } : bare
}
const cut = (body: string): string =>
  Buffer.byteLength(body) <= MOST
    ? body
    : `${Buffer.from(body)
        .subarray(0, MOST)
        .toString()
        .replace(/\uFFFD+$/, '')}…`

/** The same content in place of an earlier event; clients that know no edits see a star before it. */
export const replacing = (event: string, fresh: Record<string, unknown>): Record<string, unknown> => ({
  ...fresh,
  body: `* ${String(fresh.body)}`,
  'm.new_content': fresh,
  'm.relates_to': { rel_type: 'm.replace', event_id: event },
})
/** In a thread; for clients without threads, an answer to its root. */
export const inThread = (root: string): Record<string, unknown> => ({
  'm.relates_to': {
    rel_type: 'm.thread',
    event_id: root,
    is_falling_back: true,
    'm.in_reply_to': { event_id: root },
  },
})

import type { MarkedToken, Tokens } from 'marked'
import type { Markdown } from '#src/core/message.ts'
import { tokens, within } from '#src/i18n/markdown.ts'

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escaped = (text: string): string => text.replace(/[&<>"']/g, mark => marks[mark] ?? '')

/** Our Markdown as the HTML that clients show: a few elements, every word escaped. */
export const html = (markdown: Markdown): string => tokens(markdown).map(block).join('')

/** The same without paragraphs, for a line in a list. */
export const line = (markdown: Markdown): string =>
  tokens(markdown)
    .map(token => inline(token))
    .join('')

function block(token: MarkedToken): string {
  switch (token.type) {
    case 'space':
      return ''
    case 'paragraph':
    case 'text':
      return `<p>${inside(token)}</p>`
    case 'list':
      return list(token)
    case 'blockquote':
      return `<blockquote>${within(token).map(block).join('')}</blockquote>`
    case 'code':
      return `<pre><code>${escaped(token.text)}</code></pre>`
    default:
      return `<p>${inline(token)}</p>`
  }
}

function list({ ordered, start, items }: Tokens.List): string {
  const lines = items.map(item => `<li>${within(item).map(inline).join('')}</li>`).join('')
  return ordered ? `<ol${start === 1 || start === '' ? '' : ` start="${start}"`}>${lines}</ol>` : `<ul>${lines}</ul>`
}

function inline(token: MarkedToken): string {
  switch (token.type) {
    case 'br':
      return '<br>'
    case 'strong':
      return `<strong>${inside(token)}</strong>`
    case 'em':
      return `<em>${inside(token)}</em>`
    case 'del':
      return `<del>${inside(token)}</del>`
    case 'codespan':
      return `<code>${escaped(token.text)}</code>`
    case 'link':
      return link(token)
    case 'list':
      return list(token)
    case 'escape':
      return escaped(token.text)
    default:
      return inside(token)
  }
}

const inside = (token: MarkedToken): string => {
  const parts = within(token)
  if (parts.length > 0) return parts.map(inline).join('')
  return escaped('text' in token ? token.text : token.raw)
}

/** Only addresses that a client opens; anything else is text. */
const link = (token: Tokens.Link): string =>
  /^(https?|mailto):/i.test(token.href) ? `<a href="${escaped(token.href)}">${inside(token)}</a>` : inside(token)

import type { MarkedToken, Tokens } from 'marked'
import type { Markdown } from '#src/core/message.ts'
import { tokens, within } from '#src/i18n/markdown.ts'
import { type Html, html } from './html.ts'

/** Our Markdown as markup: paragraphs, lists, bold, italic, code and links; anything else is shown as it was written. */
export const marked = (text: Markdown): Html => html`${tokens(text).map(block)}`

/** The same on one line, for labels and cells: no paragraph of its own. */
export const line = (text: Markdown): Html =>
  html`${tokens(text).map((token, at) => html`${at > 0 && token.type !== 'space' ? html`<br>` : ''}${oneLine(token)}`)}`

const oneLine = (token: MarkedToken): Html => (token.type === 'paragraph' ? inside(token) : block(token))

function block(token: MarkedToken): Html {
  switch (token.type) {
    case 'space':
      return html``
    case 'paragraph':
      return html`<p>${inside(token)}</p>`
    case 'list':
      return listed(token)
    case 'code':
      return html`<pre><code>${token.text}</code></pre>`
    default:
      return inline(token)
  }
}

const listed = (list: Tokens.List): Html => {
  const items = list.items.map(item => html`<li>${within(item).map(oneLine)}</li>`)
  return list.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`
}

function inline(token: MarkedToken): Html {
  switch (token.type) {
    case 'br':
      return html`<br>`
    case 'strong':
      return html`<strong>${inside(token)}</strong>`
    case 'em':
      return html`<em>${inside(token)}</em>`
    case 'codespan':
      return html`<code>${token.text}</code>`
    case 'link':
      return linked(token)
    case 'html':
      return html`${token.raw}`
    default:
      return within(token).length > 0 ? inside(token) : html`${'text' in token ? token.text : token.raw}`
  }
}

/** Only addresses that open a page or a letter are links. */
const linked = (link: Tokens.Link): Html =>
  /^(https?|mailto):/i.test(link.href)
    ? html`<a href="${link.href}" rel="noopener noreferrer">${within(link).map(inline)}</a>`
    : html`${within(link).map(inline)}`

const inside = (token: MarkedToken): Html => html`${within(token).map(inline)}`

import { type Block, type Choice, type Message, type Translate, unreachable } from '#src/core/message.ts'
import { attributes, type Html, html, posting } from './html.ts'
import { line, marked } from './markdown.ts'

/** What a message needs of the page it stands in. */
export interface Around {
  t: Translate
  /** The address of a file that came with a message. */
  file: (id: string) => string
  /** Where a press is sent, and the message it stands on. */
  press: { action: string; on: string; token: string }
  /** The id of the element that tells who is speaking. */
  by: string
}

/** A message, block by block. */
export function drawn(message: Message, around: Around): Html {
  let earlier = 0
  return html`${message.blocks.map(block => {
    const first = earlier
    if (block.type === 'choices') earlier += block.choices.length
    return one(block, around, first)
  })}`
}

function one(block: Block, around: Around, first: number): Html {
  switch (block.type) {
    case 'text':
      return html`<div class="words">${marked(block.text)}</div>`
    case 'quote':
      return html`<blockquote class="words">${marked(block.text)}</blockquote>`
    case 'facts':
      return html`<dl class="facts">${block.facts.map(
        ({ label, value }) => html`<div><dt>${line(label)}</dt><dd>${line(value)}</dd></div>`,
      )}</dl>`
    case 'items':
      return html`<ul class="items">${block.items.map(item => html`<li>${line(item)}</li>`)}</ul>`
    case 'choices':
      return choices(block.choices, around, first)
    case 'image':
      return html`<img class="picture" src="${around.file(block.file)}" alt="${around.t.plain(block.alt)}">`
    case 'file':
      return html`<p class="attached"><a href="${around.file(block.file)}" download>${around.t.plain(block.alt)}</a></p>`
    default:
      return unreachable(block)
  }
}

/** Each button says its number, its action and its value: what `read.ts` takes apart again. */
const choices = (offered: readonly Choice[], { t, press, by }: Around, first: number): Html => html`
  <form class="choices" ${posting(press.action)}>
    <input type="hidden" name="id" value="${press.token}">
    <input type="hidden" name="on" value="${press.on}">
    ${offered.map(({ label, action, value, style }, at) => {
      const sent = { name: 'choice', value: `${first + at} ${action} ${value}`, 'aria-describedby': by }
      return html`<button class="btn btn-sm ${looks[style ?? 'plain']}"${attributes(sent)}>${t.plain(label)}</button>`
    })}
  </form>`

const looks = { primary: 'btn-primary', danger: 'btn-outline-danger', plain: 'btn-outline-primary' } as const

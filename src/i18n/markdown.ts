import { Lexer, type MarkedToken, type Tokens } from 'marked'
import type { Markdown } from '#src/core/message.ts'
import { remembering } from '#src/core/remembering.ts'
import { withMoment, withoutMoments } from './moments.ts'

/** The reading of our Markdown that every platform shares: a line break is a line break. */
export const tokens = (markdown: Markdown): MarkedToken[] => lexed(withoutMoments(markdown))

/** The same, with the moments still in it, for `parts` to find. */
export const datedTokens = (markdown: Markdown): MarkedToken[] => lexed(markdown)

/** The same sentences are shown again and again, and nobody changes what was read in them. */
const MOST = 500
const lexed = remembering(MOST, text => new Lexer({ gfm: true, breaks: true }).lex(text) as MarkedToken[])

/** Makes any text inert: every mark is escaped, and white space at the start of a line cannot become code. */
export const inert = (text: string): string => withMoment(text, escaped)

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
    .replace(/^[ \t]+/gm, spaces => '\u00A0'.repeat(spaces.length))

/** What the reader sees, without any mark: for labels, notifications, and clients that draw no formatting. */
export const plain = (markdown: Markdown): string =>
  bare.test(markdown) ? markdown.trim() : blocks(tokens(markdown)).trim()

/** Words alone, as most labels are: nothing in them can be a mark, an address or a list. */
const bare = /^[\p{L} ,;’«»]*$/u

/** What Markdown that came from elsewhere says, with its paragraphs apart: a text as foreign as before, without its marks. */
export const unmarked = (foreign: string): string => blocks(lexed(foreign), '\n\n').trim()

const blocks = (all: readonly MarkedToken[], between = '\n'): string =>
  all
    .map(token => block(token))
    .filter(text => text !== '')
    .join(between)

function block(token: MarkedToken): string {
  switch (token.type) {
    case 'space':
      return ''
    case 'list':
      return token.items.map((item, at) => `${token.ordered ? `${at + 1}.` : '•'} ${blocks(within(item))}`).join('\n')
    default:
      return inline(token)
  }
}

function inline(token: MarkedToken): string {
  if (token.type === 'br') return '\n'
  if (token.type === 'link') return linked(token)
  if (within(token).length > 0) return within(token).map(inline).join('')
  return 'text' in token ? token.text : token.raw
}

/** What a token holds inside; nothing where it holds only text. */
export const within = (token: MarkedToken): MarkedToken[] =>
  'tokens' in token ? ((token.tokens ?? []) as MarkedToken[]) : []

const linked = (link: Tokens.Link): string => {
  const text = within(link).map(inline).join('')
  return link.href === text || link.href === `mailto:${text}` ? text : `${text} (${link.href})`
}

import { Lexer, type Token, type Tokens } from 'marked'
import type { Markdown } from '#src/core/message.ts'

/** The reading of our Markdown that every platform shares: a line break is a line break. */
export const tokens = (markdown: Markdown): Token[] => new Lexer({ gfm: true, breaks: true }).lex(markdown)

/** Makes any text inert: every mark is escaped, and white space at the start of a line cannot become code. */
export const escape = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
    .replace(/^[ \t]+/gm, spaces => '\u00A0'.repeat(spaces.length))

/** What the reader sees, without any mark: for labels, notifications, and clients that draw no formatting. */
export const plain = (markdown: Markdown): string => blocks(tokens(markdown)).trim()

const blocks = (all: Token[]): string =>
  all
    .map(token => block(token))
    .filter(text => text !== '')
    .join('\n')

function block(token: Token): string {
  switch (token.type) {
    case 'space':
      return ''
    case 'list':
      return (token as Tokens.List).items.map((item, at) => `${mark(token as Tokens.List, at)} ${blocks(item.tokens)}`).join('\n')
    case 'code':
      return (token as Tokens.Code).text
    default:
      return 'tokens' in token && token.tokens ? inline(token.tokens) : unescaped(token)
  }
}

const mark = (list: Tokens.List, at: number): string => (list.ordered ? `${at + 1}.` : '•')

const inline = (all: Token[]): string =>
  all
    .map(token => {
      if (token.type === 'br') return '\n'
      if (token.type === 'link') return linked(token as Tokens.Link)
      return 'tokens' in token && token.tokens ? inline(token.tokens) : unescaped(token)
    })
    .join('')

const linked = ({ href, tokens: label }: Tokens.Link): string => {
  const text = inline(label)
  return text === href ? text : `${text} (${href})`
}

const unescaped = (token: Token): string => ('text' in token && typeof token.text === 'string' ? token.text : token.raw)

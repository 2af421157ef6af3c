import type { RichTextBlock, RichTextElement, RichTextSection, RichTextText } from '@slack/types'
import type { MarkedToken } from 'marked'
import type { Markdown } from '#src/core/message.ts'
import { datedTokens } from '#src/i18n/markdown.ts'
import { parts } from '#src/i18n/moments.ts'
import { MOST, shorten } from './limits.ts'

// Text goes to Slack as rich text and never as mrkdwn: a text element is shown as it is, so that no `<!channel>`, no
// `*star*` and no `&amp;` that a person wrote can turn into anything. There is nothing to escape, and nothing to forget.

export type Part = RichTextBlock['elements'][number]
type Style = NonNullable<RichTextText['style']>

/** Our Markdown as sections and lists. */
export const richText = (markdown: Markdown): Part[] => joined(datedTokens(markdown).flatMap(partsOf))

/** Our Markdown as running text, for a line that has other things beside it. */
export const inline = (markdown: Markdown, style: Style = {}): RichTextElement[] =>
  merged(datedTokens(markdown).flatMap((token, at) => [...(at > 0 ? [words('\n')] : []), ...inLine(token, style)]))

function inLine(token: MarkedToken, style: Style): RichTextElement[] {
  if (token.type === 'space') return []
  if (token.type !== 'list') return spans(token, style)
  return token.items.flatMap(item => [words('\n• ', style), ...run(within(item), style)])
}

export const words = (text: string, style: Style = {}): RichTextElement => ({
  type: 'text',
  text,
  ...(Object.keys(style).length > 0 && { style }),
})
export const section = (elements: RichTextElement[]): RichTextSection => ({ type: 'rich_text_section', elements })

function partsOf(token: MarkedToken): Part[] {
  if (token.type === 'space') return []
  if (token.type !== 'list') return [section(merged(spans(token, {})))]
  const items = token.items.map(item => section(run(within(item), {})))
  return [{ type: 'rich_text_list', style: token.ordered ? 'ordered' : 'bullet', elements: items }]
}

const run = (all: readonly MarkedToken[], style: Style): RichTextElement[] =>
  merged(all.flatMap(token => spans(token, style)))

/** Words of the same style that follow each other, as one: every escaped letter is a token of its own. */
function merged(elements: readonly RichTextElement[]): RichTextElement[] {
  const done: RichTextElement[] = []
  for (const each of elements) {
    const last = done.at(-1)
    if (each.type === 'text' && last?.type === 'text' && styleOf(last) === styleOf(each)) {
      done[done.length - 1] = { ...last, text: last.text + each.text }
    } else done.push(each)
  }
  return done.flatMap(dated)
}

/** A moment is shown in each reader's own time; where Slack cannot, as it was said. */
const dated = (each: RichTextElement): RichTextElement[] =>
  each.type !== 'text'
    ? [each]
    : parts(each.text).map(part =>
        typeof part === 'string'
          ? { ...each, text: part }
          : { type: 'date', timestamp: part.seconds, format: DATE, fallback: part.said, ...styled(each) },
      )
const DATE = '{date_long}, {time}'
const styled = ({ style }: RichTextText): Pick<RichTextText, 'style'> => (style ? { style } : {})
const styleOf = ({ style = {} }: RichTextText): string => `${style.bold} ${style.italic} ${style.code}`

/** One token of running text; the kinds that our Markdown does not have are shown as they were written. */
function spans(token: MarkedToken, style: Style): RichTextElement[] {
  switch (token.type) {
    case 'br':
      return [words('\n')]
    case 'strong':
      return run(within(token), { ...style, bold: true })
    case 'em':
      return run(within(token), { ...style, italic: true })
    case 'codespan':
      return said(token.text, { ...style, code: true })
    case 'link':
      return linked(token.href, run(within(token), style), style)
    default:
      return within(token).length > 0
        ? run(within(token), style)
        : said('text' in token ? token.text : token.raw, style)
  }
}

const isOurs = (token: { type: string }): token is MarkedToken => token.type !== 'html'
const within = (token: MarkedToken): MarkedToken[] =>
  'tokens' in token ? (token.tokens ?? []).filter(each => isOurs(each)) : []
const said = (text: string, style: Style): RichTextElement[] => (text === '' ? [] : [words(text, style)])

function linked(url: string, inside: RichTextElement[], style: Style): RichTextElement[] {
  const text = inside.map(each => ('text' in each ? each.text : '')).join('')
  if (!/^(https?|mailto):/i.test(url) || url.length > MOST.url) return said(text, style)
  return [{ type: 'link', url, ...(text !== url && text !== '' && { text: shorten(text, MOST.linkText) }) }]
}

// Paragraphs that follow each other become one section: between sections Slack puts no line.
function joined(parts: readonly Part[]): Part[] {
  const done: Part[] = []
  for (const part of parts) {
    const last = done.at(-1)
    if (last?.type === 'rich_text_section' && part.type === 'rich_text_section') {
      last.elements.push(words('\n'), ...part.elements)
    } else done.push(part)
  }
  return done
}

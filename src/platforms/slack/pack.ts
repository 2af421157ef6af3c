import type { RichTextBlock, RichTextElement } from '@slack/types'
import { MOST, pieces } from './limits.ts'
import { type Part, section } from './rich.ts'

/** Rich text as blocks, none of which is longer than Slack takes. */
export function packed(parts: readonly Part[]): RichTextBlock[] {
  const blocks: RichTextBlock[] = []
  let room = 0
  for (const part of parts.flatMap(cut)) {
    const last = blocks.at(-1)
    if (last && lengthOf(part) <= room) {
      last.elements.push(part)
      room -= lengthOf(part)
    } else {
      blocks.push({ type: 'rich_text', elements: [part] })
      room = MOST.text - lengthOf(part)
    }
  }
  return blocks
}

/** How many characters it shows. */
export const lengthOf = (part: Part): number =>
  part.elements.reduce((sum, each) => sum + ('elements' in each ? lengthOf(each) : shown(each)), 0)

const shown = (each: RichTextElement): number => {
  if (each.type === 'date') return (each.fallback ?? '').length
  return 'text' in each && each.text ? each.text.length : 1
}

/** A part that is too long, in several of its kind. */
function cut(part: Part): Part[] {
  if (part.type === 'rich_text_preformatted' || lengthOf(part) <= MOST.text) return [part]
  if (part.type !== 'rich_text_list') return filled(part.elements).map(elements => ({ ...part, elements }))
  return part.elements.flatMap(item =>
    filled(item.elements).map(elements => ({ ...part, elements: [section(elements)] })),
  )
}

/** Running text, each piece as long as fits. */
function filled<E extends RichTextElement>(elements: readonly E[]): E[][] {
  const done: E[][] = []
  let room = 0
  for (const each of elements.flatMap(short)) {
    if (shown(each) > room) {
      done.push([])
      room = MOST.text
    }
    done.at(-1)?.push(each)
    room -= shown(each)
  }
  return done
}

const short = <E extends RichTextElement>(each: E): E[] =>
  each.type === 'text' ? pieces(each.text, MOST.text).map(text => ({ ...each, text })) : [each]

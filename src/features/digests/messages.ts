import type words from '#locales/it/digests.json'
import type { Window } from '#src/core/feature.ts'
import type { Block, Choice, KeysOf, Markdown, Message, Translate } from '#src/core/message.ts'

declare module '#src/core/message.ts' {
  interface Words {
    digests: KeysOf<typeof words, 'digests'>
  }
}

export interface Told {
  window: Window
  blocks: Block[]
  /** It comes later than it should, or tells a time that is not over. */
  note?: 'late' | 'soFar' | undefined
}

/** The digest of a week or a month; when nothing happened, one line. */
export function digest(t: Translate, { window, blocks, note }: Told, ...offered: Choice[]): Message {
  const summary = titleOf(t, window)
  return {
    summary,
    blocks: [
      text(t('digests.title', { title: t.plain(summary) })),
      ...(note ? [text(note === 'late' ? t('digests.late') : t('digests.soFar'))] : []),
      ...(blocks.length > 0 ? blocks : [text(window.period ? t('digests.month.nothing') : t('digests.week.nothing'))]),
      ...(offered.length > 0 ? [{ type: 'choices' as const, choices: offered }] : []),
    ],
  }
}

function titleOf(t: Translate, { from, to, period }: Window): Markdown {
  if (period) return t('digests.month.title', { month: t.month(period) })
  return t('digests.week.title', { from: t.day(from), to: t.day(to.subtract({ milliseconds: 1 })) })
}

const text = (markdown: Markdown): Block => ({ type: 'text', text: markdown })
const plainly = (markdown: Markdown, ...offered: Choice[]): Message => ({
  summary: markdown,
  blocks: [text(markdown), ...(offered.length > 0 ? [{ type: 'choices' as const, choices: offered }] : [])],
})

export const monthChoice = (t: Translate, month: string): Choice => ({
  label: t('digests.choices.month', { month: t.month(month) }),
  action: 'digests.show',
  value: month,
})
export const weekChoice = (t: Translate): Choice => ({
  label: t('digests.choices.week'),
  action: 'digests.show',
  value: 'week',
})

export const unreadable = (t: Translate, given: string, ...offered: Choice[]): Message =>
  plainly(t('digests.unreadable', { given }), ...offered)
export const future = (t: Translate, month: string, ...offered: Choice[]): Message =>
  plainly(t('digests.future', { month: t.month(month) }), ...offered)

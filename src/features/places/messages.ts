import type words from '#locales/it/places.json'
import type { Choice, KeysOf, Markdown, Message, Translate } from '#src/core/message.ts'
import { type Use, written } from './rules.ts'

declare module '#src/core/message.ts' {
  interface Words {
    places: KeysOf<typeof words, 'places'>
  }
}

/** A use, and how it is called. */
export interface Named extends Use {
  name: string
}

export const called = (t: Translate, { purpose, name }: Named): Markdown => t(`places.for.${purpose}`, { name })

const plainly = (text: Markdown, choices: Choice[] = []): Message => ({
  summary: text,
  blocks: [{ type: 'text', text }, ...(choices.length > 0 ? [{ type: 'choices' as const, choices }] : [])],
})

export const bound = (t: Translate, use: Named): Message =>
  plainly(t(`places.bound.${use.purpose}`, { name: use.name }))
export const onlyHere = (t: Translate): Message => plainly(t('places.onlyHere'))
export const unknown = (t: Translate, given: string, offered: readonly Named[]): Message =>
  plainly(
    t('places.unknown', { given }),
    offered.map(use => choice(t, use)),
  )
export const refused = (t: Translate, use: Named): Message =>
  plainly(t(`places.refused.${use.purpose}`, { name: use.name }))
export const noEntry = (t: Translate): Message => plainly(t('places.noEntry'))

/** What the place is for, and what she may make of it. */
export function asked(t: Translate, now: Named | undefined, offered: readonly Named[]): Message {
  const is = now ? t(`places.now.${now.purpose}`, { name: now.name }) : t('places.free')
  const text = offered.length > 0 ? t('places.ask', { now: t.plain(is) }) : is
  return plainly(
    text,
    offered.map(use => choice(t, use)),
  )
}
const choice = (t: Translate, use: Named): Choice => ({
  label: called(t, use),
  action: 'places.bind',
  value: written(use),
})

/** The one card that everybody in the place sees. */
export function card(t: Translate, use: Named): Message {
  const text = t(`places.card.${use.purpose}`, { name: use.name })
  const enter = {
    label: t('places.card.enter'),
    action: 'communities.enter',
    value: use.scope,
    style: 'primary' as const,
  }
  return plainly(text, use.purpose === 'community' ? [enter] : [])
}

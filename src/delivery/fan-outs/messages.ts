import type delivery from '#locales/it/delivery.json'
import type { Choice, KeysOf, Markdown, Message, Translate } from '#src/core/message.ts'
import type { Standing } from './store.ts'

declare module '#src/core/message.ts' {
  interface Words {
    delivery: KeysOf<typeof delivery, 'delivery'>
  }
}

/** How far a fan-out is, with the way to stop it, or to let it go on. */
export function progress(t: Translate, id: string, stopped: boolean, { total, sent, dead, left }: Standing): Message {
  const values = { sent: t.number(sent), total: t.number(total), dead: t.number(dead), left: t.number(left) }
  const offer = (what: 'stop' | 'resume'): Choice => ({
    label: t(`delivery.buttons.${what}`),
    action: `delivery.${what}`,
    value: id,
  })
  if (total === 0) return told(t('delivery.none'))
  if (left === 0) return told(t(dead > 0 ? 'delivery.overWithout' : 'delivery.over', values))
  return stopped
    ? told(t('delivery.stopped', values), offer('resume'))
    : told(t('delivery.going', values), offer('stop'))
}

export const told = (text: Markdown, ...choices: Choice[]): Message => ({
  summary: text,
  blocks: [{ type: 'text', text }, ...(choices.length > 0 ? [{ type: 'choices' as const, choices }] : [])],
})

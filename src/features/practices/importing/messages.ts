import type { Message, Translate } from '#src/core/message.ts'
import { detailsButton, fact, linked, naming, offering, told } from '../messages.ts'
import type { Finding } from '../publiccode.ts'
import type { Draft, Practice } from '../schema.ts'

const SHOWN = 20

/** What is wrong with a file: key, line and reason of each. */
export function findings(t: Translate, problems: readonly Finding[]): Message {
  const summary = t('practices.import.wrong', { count: problems.length })
  const more = problems.length - SHOWN
  return {
    summary,
    blocks: [
      { type: 'text', text: summary },
      { type: 'items', items: problems.slice(0, SHOWN).map(problem => finding(t, problem)) },
      ...(more > 0 ? [{ type: 'text' as const, text: t('practices.import.more', { count: more }) }] : []),
      { type: 'text', text: t('practices.import.again') },
    ],
  }
}
const finding = (t: Translate, { key, line, reason, values }: Finding) => {
  const said = t.plain(t(`practices.import.reasons.${reason}`, values))
  return key === ''
    ? t('practices.import.atLine', { line, reason: said })
    : t('practices.import.atKey', { key, line, reason: said })
}

/** The file was read: one button opens what it lacks. */
export function readWell(t: Translate, draft: Draft, id: string, provider: string | undefined): Message {
  const summary = t('practices.import.read', { title: draft.title })
  return {
    summary,
    blocks: [
      { type: 'text', text: summary },
      {
        type: 'facts',
        facts: [
          ...fact(t, 'practices.card.provider', provider),
          ...linked(t, 'practices.card.repository', draft.repository),
          ...fact(t, 'practices.card.version', draft.version),
          ...fact(t, 'practices.card.licence', draft.licence),
        ],
      },
      { type: 'text', text: t('practices.import.lacks') },
      ...offering({
        label: t('practices.buttons.complete'),
        action: 'practices.complete',
        value: id,
        style: 'primary',
      }),
    ],
  }
}

export const alreadyThere = (t: Translate, row: Practice): Message =>
  told(t('practices.import.known', naming(row)), detailsButton(t, row.id))

const failures = [
  'not-https',
  'incomplete',
  'credentials',
  'other-port',
  'private-address',
  'unresolvable',
  'too-large',
  'not-utf8',
  'too-slow',
  'too-many-redirects',
  'status',
  'unreachable',
] as const

/** The address could not be read. */
export function notFetched(t: Translate, address: string, reason: string, status: number | undefined): Message {
  const known = failures.find(failure => failure === reason) ?? 'unreachable'
  return told(t(`practices.import.failures.${known}`, { address, status: status ?? 0 }))
}

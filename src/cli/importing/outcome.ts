import type { Markdown, Translate } from '#src/core/message.ts'
import type { Finding, Reading } from '#src/features/practices/publiccode.ts'
import { numberOf, type Practice } from '#src/features/practices/store.ts'
import type { Text } from './sources.ts'

type Unread = Extract<Text, { ok: false }>

/** What became of one source. */
export type Outcome =
  | { kind: 'proposed' | 'known'; practice: Practice; provider: string }
  | { kind: 'unread'; why: Unread }
  | { kind: 'wrong'; findings: Extract<Reading, { ok: false }>['problems'] }
  | { kind: 'no-provider'; ipa: string | undefined }
export interface Told {
  name: string
  outcome: Outcome
}

/** What was proposed, what was there already, what failed and why: in this order, nothing where there is nothing to tell. */
export function summary(t: Translate, all: readonly Told[]): string[] {
  const proposed = all.filter(({ outcome }) => outcome.kind === 'proposed')
  const known = all.filter(({ outcome }) => outcome.kind === 'known')
  const failed = all.filter(isFailed)
  return [
    ...section(t, t('shell.import.proposed', { count: proposed.length }), proposed),
    ...section(t, t('shell.import.known', { count: known.length }), known),
    ...section(t, t('shell.import.failed', { count: failed.length }), failed),
  ]
}

export const isFailed = ({ outcome }: Told): boolean => outcome.kind !== 'proposed' && outcome.kind !== 'known'

function section(t: Translate, title: Markdown, told: readonly Told[]): string[] {
  return told.length === 0 ? [] : [t.plain(title), ...told.flatMap(each => lines(t, each))]
}

function lines(t: Translate, { name, outcome }: Told): string[] {
  switch (outcome.kind) {
    case 'proposed':
      return [`  ${numberOf(outcome.practice)} ${outcome.practice.title} · ${outcome.provider} (${name})`]
    case 'known':
      return [`  ${numberOf(outcome.practice)} ${outcome.practice.title} (${name})`]
    case 'unread':
      return [`  ${name}`, `    ${t.plain(unread(t, outcome.why))}`]
    case 'wrong':
      return [`  ${name}`, ...outcome.findings.map(each => `    ${t.plain(finding(t, each))}`)]
    case 'no-provider':
      return [`  ${name}`, `    ${t.plain(noProvider(t, outcome.ipa))}`]
  }
}

function unread(t: Translate, why: Unread): Markdown {
  switch (why.reason) {
    case 'no-file':
      return t('shell.import.noFile')
    case 'empty-folder':
      return t('shell.import.emptyFolder')
    case 'not-utf8':
      return t('shell.import.failures.not-utf8')
    case 'finding':
      return finding(t, why.finding)
    case 'not-fetched':
      return t(`shell.import.failures.${why.failure}`, { status: why.status })
  }
}

function finding(t: Translate, { key, line, reason, values }: Finding): Markdown {
  const said = t.plain(t(`practices.import.reasons.${reason}`, values))
  return key === ''
    ? t('practices.import.atLine', { line, reason: said })
    : t('practices.import.atKey', { key, line, reason: said })
}

const noProvider = (t: Translate, ipa: string | undefined): Markdown =>
  ipa === undefined ? t('shell.import.noProvider') : t('shell.import.unknownProvider', { ipa })

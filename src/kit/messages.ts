import { short } from '#src/core/fields.ts'
import type { Markdown, Translate } from '#src/core/message.ts'
import type { Change } from './change.ts'
import type { KitProblem } from './problem.ts'

/** One line for one change: «Cambio la comunità “suape”: audience (era: 92; sarà: 95)». */
export function describeChange(t: Translate, { kind, what, name, of = '', fields = [] }: Change): Markdown {
  const shown = fields.map(field => {
    const [before, after] = [shownIn(t, field.before), shownIn(t, field.after)]
    return t.plain(t('kit.field', { name: field.name, before, after }))
  })
  return t.byName(`kit.${kind}.${what}`, { name, of, fields: t.list(shown) })
}

/** One line for one problem: «riga 42, communities[1].coordinators[0]: …». */
export function describeProblem(t: Translate, { path, line, reason, perhaps }: KitProblem): Markdown {
  const why = t.plain(t(reason.key, reason.values))
  const whole = perhaps === undefined ? why : t.plain(t('kit.problems.perhaps', { reason: why, name: perhaps }))
  return path === '' ? t('kit.problemInFile', { line, reason: whole }) : t('kit.problem', { line, path, reason: whole })
}

function shownIn(t: Translate, value: unknown): string {
  if (value === undefined || value === null || value === '') return t.plain(t('kit.nothing'))
  return short(typeof value === 'string' ? value : JSON.stringify(value))
}

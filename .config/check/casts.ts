import type { Check, Finding } from './lib/check.ts'
import { type Source, sources, walk } from './lib/source.ts'

/** Where unknown things become ours: the readers of native payloads, and the rows of the database. */
const mayCast = (file: string): boolean => file.endsWith('/read.ts') || file.startsWith('src/storage/')

/** `as Markdown` is what `t()` does for everyone: elsewhere it would skip the escaping. */
const allowed = (file: string, type: string): boolean =>
  type === 'Markdown' ? file.startsWith('src/i18n/') : type === 'const' || mayCast(file)

export function castsIn({ file, program, text, lineAt }: Source): Finding[] {
  const findings: Finding[] = []
  walk(program, node => {
    if (node.type !== 'TSAsExpression' && node.type !== 'TSTypeAssertion') return
    const type = text.slice(node.typeAnnotation.start, node.typeAnnotation.end)
    const found = { file, line: lineAt(node.start), what: `as ${type}`, message: `type assertion: as ${type}` }
    if (!allowed(file, type)) findings.push(found)
  })
  return findings
}

export const check: Check = { name: 'casts', run: () => sources('src/**/*.ts').flatMap(castsIn) }

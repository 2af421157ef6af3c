import type { Check, Finding } from './lib/check.ts'
import { type Node, type Source, sources, walk } from './lib/source.ts'

const LINES_IN_A_FILE = 200
const LINES_IN_A_FUNCTION = 40

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

/** The name a person would use for it: its own, or that of what holds it. */
const nameOf = (node: Node, above: readonly Node[]): string => {
  for (const each of [node, ...above.slice(0, 2)]) {
    if ('id' in each && each.id?.type === 'Identifier') return each.id.name
    if ('key' in each && each.key.type === 'Identifier') return each.key.name
  }
  return 'function'
}

function longFunctions({ file, program, lineAt }: Source): Finding[] {
  const findings: Finding[] = []
  walk(program, (node, above) => {
    if (!functions.has(node.type)) return
    const line = lineAt(node.start)
    const size = lineAt(node.end) - line + 1
    const what = nameOf(node, above)
    const message = `${what} has ${size} lines, ${LINES_IN_A_FUNCTION} at most`
    if (size > LINES_IN_A_FUNCTION) findings.push({ file, line, what, size, message })
  })
  return findings
}

/** Tests are held to the length of a file only: a scenario reads like a conversation. */
export function tooLong(source: Source): Finding[] {
  const size = source.text.trimEnd().split('\n').length
  const message = `has ${size} lines, ${LINES_IN_A_FILE} at most`
  return [
    ...(size > LINES_IN_A_FILE ? [{ file: source.file, what: 'file', size, message }] : []),
    ...(source.file.startsWith('test/') ? [] : longFunctions(source)),
  ]
}

export const check: Check = {
  name: 'size',
  run: () => sources('src/**/*.{ts,js}', 'test/**/*.ts', '.config/**/*.ts').flatMap(tooLong),
}

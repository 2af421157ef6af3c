import type { Check, Finding } from './lib/check.ts'
import { type Node, type Source, sources, walk } from './lib/source.ts'

/** The verbs and the settings speak technical English, to whoever installs the bot. */
const speaksTechnically = /^src\/(bot\.js|cli\.ts|cli\/.*|config\.ts)$/

/** Stands for a value put into a template. */
const VALUE = '\uE000'
const word = String.raw`[\p{L}${VALUE}][\p{L}'’]*[,.;:!?]?`
const threeWords = new RegExp(String.raw`(?=(?<![\p{L}\p{N}_-])(${word}(?: +${word}){2}))`, 'gu')

/** Calls whose texts no member reads: the log, SQL, a schema's remark on a bad file, what a figure is about. */
const technical = /^(Counter|Gauge|gauge|Histogram|log|logger|z|sql|describe|refine|exec|prepare|pragma)$/

/** All names in `log.child({}).warn`: what a call starts from, and what it calls. */
function namesOf(node: Node): string[] {
  if (node.type === 'Identifier') return [node.name]
  if (node.type === 'CallExpression') return namesOf(node.callee)
  if (node.type === 'MemberExpression') return [...namesOf(node.object), ...namesOf(node.property)]
  if (node.type === 'Super') return ['super']
  return []
}

const isTechnical = (node: Node): boolean => {
  if (node.type === 'NewExpression')
    return namesOf(node.callee).some(name => name.endsWith('Error') || technical.test(name))
  if (node.type === 'CallExpression') return namesOf(node.callee).some(name => technical.test(name) || name === 'super')
  if (node.type === 'TaggedTemplateExpression') return namesOf(node.tag).some(name => technical.test(name))
  return node.type === 'ThrowStatement' || node.type === 'ImportDeclaration' || node.type.startsWith('TS')
}

const said = (node: Node): string | undefined => {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  return node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked ?? '').join(VALUE) : undefined
}

/** Three words in a row, two of them written out. Markup is not said. */
const isSentence = (text: string): boolean =>
  [...text.replace(/<[^>]*>/g, '\n').matchAll(threeWords)].some(
    ([, words = '']) => words.split(/ +/).filter(each => !each.startsWith(VALUE)).length > 1,
  )

export function sentencesIn({ file, program, lineAt }: Source): Finding[] {
  const findings: Finding[] = []
  walk(program, (node, above) => {
    const what = said(node)
    if (what === undefined || !isSentence(what) || above.some(isTechnical)) return
    const shown = what.length > 60 ? `${what.slice(0, 60)}…` : what
    findings.push({ file, line: lineAt(node.start), what, message: `a sentence in code: ${JSON.stringify(shown)}` })
  })
  return findings
}

export const check: Check = {
  name: 'sentences',
  run: () =>
    sources('src/**/*.{ts,js}')
      .filter(({ file }) => !speaksTechnically.test(file))
      .flatMap(sentencesIn),
}

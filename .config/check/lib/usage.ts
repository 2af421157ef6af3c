import { type Node, type Source, walk } from './source.ts'

/** What the code says that may be, or lead to, a key of the locales. */
export interface Usage {
  literals: Set<string>
  /** Keys made from parts, such as `practices.state.${state}`. */
  patterns: RegExp[]
  /** Names of properties, for each folder of `src/features`, and all of them under `''`. */
  names: Map<string, Set<string>>
  /** Keys given to `t()` or as a problem's `key`: these have to exist. */
  wanted: { key: string | RegExp; shown: string; file: string; line: number }[]
}

/** A template as the keys it can make: each hole is one name. Without a fixed first name it could be anything. */
function pattern(node: Node): RegExp | undefined {
  if (node.type !== 'TemplateLiteral' || node.expressions.length === 0) return undefined
  const fixed = node.quasis.map(({ value }) => value.cooked ?? '')
  return /^[a-z][\w-]*\./i.test(fixed[0] ?? '') && !fixed.some(part => /\s/.test(part))
    ? new RegExp(`^${fixed.map(RegExp.escape).join('[^.]+')}$`)
    : undefined
}

const text = (node: Node | undefined): string | undefined => {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined
  return undefined
}

/** `t`, `world.t`, and what `t(reader)` gives. */
function isTranslate(node: Node): boolean {
  if (node.type === 'CallExpression') return isTranslate(node.callee)
  if (node.type === 'MemberExpression') return node.property.type === 'Identifier' && node.property.name === 't'
  return node.type === 'Identifier' && node.name === 't'
}

const propertyName = (node: Node): string | undefined =>
  node.type === 'Property' && !node.computed
    ? node.key.type === 'Identifier'
      ? node.key.name
      : text(node.key)
    : undefined

/** The node that has to be a key, where this one asks for one. */
function asked(node: Node): Node | undefined {
  if (node.type === 'CallExpression') return isTranslate(node.callee) ? node.arguments[0] : undefined
  return node.type === 'Property' && propertyName(node) === 'key' ? node.value : undefined
}

/** Both sides of `yes ? 'a' : 'b'`. */
const outcomes = (node: Node | undefined): Node[] =>
  node?.type === 'ConditionalExpression'
    ? [...outcomes(node.consequent), ...outcomes(node.alternate)]
    : node
      ? [node]
      : []

export function usage(sources: readonly Source[]): Usage {
  const found: Usage = { literals: new Set(), patterns: [], names: new Map(), wanted: [] }
  const name = (folder: string, what: string) =>
    found.names.set(folder, (found.names.get(folder) ?? new Set()).add(what))
  for (const { file, text: source, program, lineAt } of sources) {
    const folder = /^src\/features\/([^/]+)\//.exec(file)?.[1]
    walk(program, node => {
      const literal = text(node)
      if (literal !== undefined) found.literals.add(literal)
      const made = pattern(node)
      if (made) found.patterns.push(made)
      const property = propertyName(node)
      if (property !== undefined) for (const where of ['', ...(folder ? [folder] : [])]) name(where, property)
      for (const each of outcomes(asked(node))) {
        // Any row has a `key`: only a whole one, which begins like a text's, can be told apart.
        const key = text(each) ?? (node.type === 'CallExpression' ? pattern(each) : undefined)
        if (key !== undefined)
          found.wanted.push({ key, shown: source.slice(each.start + 1, each.end - 1), file, line: lineAt(each.start) })
      }
    })
  }
  return found
}

import { posix } from 'node:path'
import { type Node, type Source, walk } from './source.ts'

/** What a file takes from elsewhere: a file of this repository, a library, the environment. */
export interface Reference {
  kind: 'file' | 'library' | 'environment'
  /** A file is named from the repository's root, a library as it is imported. */
  to: string
  at: number
}

const literal = (node: Node | null | undefined): string | undefined =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

const named = (node: Node | null | undefined, name: string): boolean =>
  node?.type === 'Identifier' && node.name === name

/** The specifier of every form an import has: static, re-exported, dynamic, of a type, required. */
function specifier(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return literal(node.source)
    case 'CallExpression':
      return named(node.callee, 'require') ? literal(node.arguments[0]) : undefined
    default:
      return undefined
  }
}

/** `process.env`, and the ways around that name: taking it apart, importing it. */
function readsEnvironment(node: Node): boolean {
  switch (node.type) {
    case 'MemberExpression':
      return named(node.object, 'process') && (named(node.property, 'env') || literal(node.property) === 'env')
    case 'VariableDeclarator':
      return named(node.init, 'process')
    case 'ImportDeclaration':
      return /^(node:)?process$/.test(node.source.value)
    default:
      return false
  }
}

function resolve(from: string, to: string, at: number): Reference {
  if (to.startsWith('#')) return { kind: 'file', to: posix.normalize(to.slice(1)), at }
  if (to.startsWith('.')) return { kind: 'file', to: posix.join(posix.dirname(from), to), at }
  return { kind: 'library', to, at }
}

export function referencesIn({ file, program }: Source): Reference[] {
  const found: Reference[] = []
  walk(program, node => {
    const to = specifier(node)
    if (to !== undefined) found.push(resolve(file, to, node.start))
    if (readsEnvironment(node)) found.push({ kind: 'environment', to: 'process.env', at: node.start })
  })
  return found
}

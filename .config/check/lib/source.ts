import { globSync, readFileSync } from 'node:fs'
import { type ESTree, parseSync } from 'vite'

export type Node = ESTree.Node

/** A parsed file. `file` is relative to the repository, with forward slashes. */
export interface Source {
  file: string
  text: string
  program: ESTree.Program
  lineAt: (offset: number) => number
}

export const source = (file: string, text: string): Source => {
  const { program, errors } = parseSync(file, text)
  if (errors[0]) throw new Error(`${file} does not parse: ${errors[0].message}`)
  return { file, text, program, lineAt: offset => text.slice(0, offset).split('\n').length }
}

export const files = (...patterns: string[]): string[] =>
  patterns.flatMap(pattern => globSync(pattern).map(file => file.replaceAll('\\', '/'))).sort()

export const sources = (...patterns: string[]): Source[] =>
  files(...patterns).map(file => source(file, readFileSync(file, 'utf8')))

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Visits every node, parents first. `above` are its ancestors, nearest first. */
export function walk(
  node: Node,
  visit: (node: Node, above: readonly Node[]) => void,
  above: readonly Node[] = [],
): void {
  visit(node, above)
  for (const child of Object.values(node).flat()) if (isNode(child)) walk(child, visit, [node, ...above])
}

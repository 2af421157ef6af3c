import { CST, type Document, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument } from 'yaml'
import type { Finding, Reason, Report } from './finding.ts'

/** What YAML says, as plain values that know their line. `size` counts the values inside, aliases written out. */
export type Tree =
  | { kind: 'text'; text: string; line: number; size: number }
  | { kind: 'nothing'; line: number; size: number }
  | { kind: 'list'; items: Tree[]; line: number; size: number }
  | { kind: 'mapping'; entries: Map<string, Tree>; line: number; size: number }

export const bounds = { bytes: 512 * 1024, tokens: 20_000, depth: 50, aliases: 100, size: 20_000, lines: 5 } as const

interface Walk {
  lineAt: (offset: number | undefined) => number
  /** What each anchor stands for so far: an alias shares it, so that nothing is ever copied out. */
  anchors: Map<string, Tree>
  report: Report
}
interface Spot {
  key: string
  depth: number
  line: number
}

/** Reads untrusted YAML: no tag is resolved, every value stays the text that was written ("1.0" is not 1). */
export function readTree(text: string): { tree: Tree; problems: Finding[] } | { problems: Finding[] } {
  const written = withoutControls(text)
  const excess = tooMuch(written)
  if (excess) return { problems: [excess] }
  const lines = new LineCounter()
  const lineAt = (offset = 0) => Math.max(1, lines.linePos(offset).line)
  const document = parseDocument(written, {
    schema: 'failsafe',
    customTags: ['null'],
    resolveKnownTags: false,
    // The library compares every key with every other one; we look for duplicates ourselves.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter: lines,
  })
  if (document.errors.length > 0) return { problems: syntaxProblems(document, lineAt) }
  const problems: Finding[] = []
  const walk: Walk = { lineAt, anchors: new Map(), report: finding => problems.push(finding) }
  const tree = treeOf(document.contents, { key: '', depth: 0, line: 1 }, walk)
  return { tree, problems }
}

/** One small token costs far more than one byte: counting tokens first keeps a hostile file cheap. */
function tooMuch(text: string): Finding | undefined {
  const refuse = (reason: Reason, values?: Finding['values']) => ({
    key: '',
    line: 1,
    reason,
    ...(values && { values }),
  })
  if (Buffer.byteLength(text) > bounds.bytes) return refuse('too-large', { kilobytes: bounds.bytes / 1024 })
  if (/^\s*<(!doctype|html|head)\b/i.test(text)) return refuse('web-page')
  let tokens = 0
  let aliases = 0
  for (const token of new Lexer().lex(text)) {
    tokens += 1
    if (CST.tokenType(token) === 'alias') aliases += 1
    if (aliases > bounds.aliases) return refuse('aliases')
    if (tokens > bounds.tokens) return refuse('too-complex')
  }
  return undefined
}

/** One slip makes many errors further down: the first on each line, and only a few lines, are worth reading. */
function syntaxProblems(document: Document.Parsed, lineAt: Walk['lineAt']): Finding[] {
  if (document.errors.some(error => error.code === 'RESOURCE_EXHAUSTION'))
    return [{ key: '', line: 1, reason: 'too-complex' }]
  const lines = new Set(document.errors.map(error => lineAt(error.pos[0])))
  return [...lines].slice(0, bounds.lines).map(line => ({ key: '', line, reason: 'not-yaml' }))
}

function treeOf(node: unknown, spot: Spot, walk: Walk): Tree {
  const nothing: Tree = { kind: 'nothing', line: spot.line, size: 1 }
  if (spot.depth > bounds.depth) return refused('too-complex', spot, walk)
  if (isAlias(node)) return aliased(node.source, spot, walk)
  const written: Tree = isMap(node)
    ? mapping(node.items, spot, walk)
    : isSeq(node)
      ? list(node.items, spot, walk)
      : isScalar(node) && typeof node.value === 'string'
        ? { kind: 'text', text: node.value, line: spot.line, size: 1 }
        : nothing
  const tree = written.size > bounds.size ? refused('aliases', spot, walk) : written
  if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) walk.anchors.set(node.anchor, tree)
  return tree
}

function refused(reason: Reason, { key, line }: Spot, { report }: Walk): Tree {
  report({ key, line, reason })
  return { kind: 'nothing', line, size: 1 }
}

/** An anchor is known once it is complete, so one that contains itself is simply unknown. */
function aliased(source: string, spot: Spot, walk: Walk): Tree {
  const known = walk.anchors.get(source)
  return known ? { ...known, line: spot.line } : refused('aliases', spot, walk)
}

function list(nodes: unknown[], spot: Spot, walk: Walk): Tree {
  const items = nodes.map((node, index) =>
    treeOf(node, { key: `${spot.key}[${index}]`, depth: spot.depth + 1, line: lineOf(node, spot, walk) }, walk),
  )
  return { kind: 'list', items, line: spot.line, size: sizeOf(items) }
}

function mapping(pairs: { key: unknown; value: unknown }[], spot: Spot, walk: Walk): Tree {
  const entries = new Map<string, Tree>()
  for (const pair of pairs) {
    const name = isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value : undefined
    const inside = { key: pathTo(spot.key, name ?? ''), depth: spot.depth + 1, line: lineOf(pair.key, spot, walk) }
    const value = treeOf(pair.value, inside, walk)
    if (name === undefined) continue
    if (entries.has(name)) walk.report({ key: inside.key, line: inside.line, reason: 'duplicate' })
    else entries.set(name, value)
  }
  return { kind: 'mapping', entries, line: spot.line, size: sizeOf([...entries.values()]) }
}

/** `a` and `b` make `a.b`. Nothing below `maintenance` is named: the people in charge stand there, and a slip may make a key of one. */
export function pathTo(parent: string, name: string): string {
  if (parent.startsWith('maintenance')) return parent
  const shown = withoutControls(name).slice(0, 60)
  return parent ? `${parent}.${shown}` : shown
}

function lineOf(node: unknown, spot: Spot, walk: Walk): number {
  if (isAlias(node) || isMap(node) || isSeq(node) || isScalar(node)) return walk.lineAt(node.range?.[0])
  return spot.line
}

function sizeOf(trees: Tree[]): number {
  return trees.reduce((sum, tree) => sum + tree.size, 1)
}

/** Control characters other than tab and line ends mean nothing in a text, and NUL cannot be stored everywhere. */
export function withoutControls(text: string): string {
  return text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}/gu, '')
}

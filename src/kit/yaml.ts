import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml'
import type { KitProblem } from './problem.ts'

export type Path = readonly (string | number)[]
export type Lines = (path: Path) => number
/** What the file says, as plain texts, lists and sections, and the line at which each thing stands. */
export interface Text {
  value: unknown
  lineOf: Lines
}

export const LARGEST_KIT = 512 * 1024
const MOST_ALIASES = 100
const MOST_PROBLEMS = 5

/** Reads YAML without types: `1.10` and `yes` stay as they were written. Empty values count as absent. */
export function readYaml(text: string): { ok: true; text: Text } | { ok: false; problems: KitProblem[] } {
  const whole = (key: KitProblem['reason']['key'], values = {}): { ok: false; problems: KitProblem[] } => ({
    ok: false,
    problems: [{ path: '', line: 1, reason: { key, values } }],
  })
  if (Buffer.byteLength(text) > LARGEST_KIT) return whole('kit.problems.tooLarge', { kilobytes: LARGEST_KIT / 1024 })
  const lines = new LineCounter()
  const lineAt = (offset = 0): number => Math.max(1, lines.linePos(offset).line)
  const document = parseDocument(text, {
    schema: 'failsafe',
    customTags: ['null'],
    resolveKnownTags: false,
    // The library compares every key with every other one, at any price: `repeated` looks once.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error', // a second document would go unnoticed
    lineCounter: lines,
  })
  if (document.errors.length > 0) return { ok: false, problems: unreadable(document, lineAt) }
  const twice = repeated(document, lineAt)
  if (twice.length > 0) return { ok: false, problems: twice }
  const lineOf = (path: Path): number => lineIn(document, path, lineAt)
  try {
    // The reviver sees every copy that an alias stands for: it is what runs out when there are too many.
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES, reviver: (_, each) => each ?? undefined })
    return { ok: true, text: { value, lineOf } }
  } catch {
    return whole('kit.problems.aliases') // all that can go wrong here: too many, unknown, or one inside itself
  }
}

/** One slip makes many errors further down: the first of each line, and only a few lines, are worth reading. */
function unreadable(document: Document.Parsed, lineAt: (offset?: number) => number): KitProblem[] {
  const first = new Map(document.errors.toReversed().map(error => [lineAt(error.pos[0]), error.code]))
  return [...first]
    .toSorted(([a], [b]) => a - b)
    .slice(0, MOST_PROBLEMS)
    .map(([line, code]) => ({ path: '', line, reason: { key: slips[code] ?? 'kit.problems.notYaml' } }))
}
const slips: Partial<Record<ErrorCode, KitProblem['reason']['key']>> = { MULTIPLE_DOCS: 'kit.problems.twoDocuments' }

/** Keys that stand twice in one section: YAML would keep one and say nothing of the other. */
function repeated(document: Document.Parsed, lineAt: (offset?: number) => number): KitProblem[] {
  const problems: KitProblem[] = []
  visit(document, {
    Map(_, { items }) {
      const seen = new Map<string, number>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        const line = lineAt(key.range?.[0])
        const given = String(key.value)
        const first = seen.get(given)
        if (first === undefined) seen.set(given, line)
        else problems.push({ path: given, line, reason: { key: 'kit.problems.keyTwice', values: { given, first } } })
      }
    },
  })
  return problems
}

/** The line of what stands at a path; where something is absent, that of the section it would stand in. */
function lineIn(document: Document.Parsed, path: Path, lineAt: (offset?: number) => number): number {
  const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)
  let node: Node | null | undefined = document.contents
  let start = startOf(node)
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isSeq(node)) {
      const item: unknown = node.items[Number(step)]
      start = startOf(item) ?? start
      node = isNode(item) ? item : undefined
    } else if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(({ key }) => isScalar(key) && key.value === step)
      start = startOf(pair?.key) ?? start
      node = isNode(pair?.value) ? pair.value : undefined
    } else break
  }
  return lineAt(start)
}

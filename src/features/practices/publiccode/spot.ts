import type { Reason, Report } from './finding.ts'
import { pathTo, type Tree, withoutControls } from './tree.ts'

/** A place in the file: what stands there, if anything does, and the line to look at. */
export interface Spot {
  key: string
  line: number
  tree: Tree | undefined
}
export const longest = { name: 200, code: 60, address: 2_000, text: 10_000, list: 200 } as const

/** Goes down by keys; where a key is absent, the line is that of the section it would stand in. */
export function at(spot: Spot, ...keys: string[]): Spot {
  return keys.reduce<Spot>(({ key, line, tree }, name) => {
    const inside = tree?.kind === 'mapping' ? tree.entries.get(name) : undefined
    return { key: pathTo(key, name), line: inside?.line ?? line, tree: inside }
  }, spot)
}

/** Says so when something else than a section stands where one is expected. */
export function expectSection({ key, line, tree }: Spot, report: Report): void {
  if (tree?.kind === 'text' || tree?.kind === 'list') report({ key, line, reason: 'not-a-section' })
}

/** The text that stands here, tidied; undefined when there is none, or when it is no text or too long (reported). */
export function text(spot: Spot, max: number, report: Report): string | undefined {
  const { key, line, tree } = spot
  if (!tree || tree.kind === 'nothing') return undefined
  if (tree.kind !== 'text') return void report({ key, line, reason: 'not-text' })
  const tidy = tidied(tree.text)
  const length = [...tidy].length
  if (length > max) return void report({ key, line, reason: 'too-long', values: { max, length } })
  return tidy || undefined
}

/** The same on one line: YAML folds and editors wrap where no break was meant. */
export function line(spot: Spot, max: number, report: Report): string | undefined {
  return text(spot, max, report)?.replace(/\s+/g, ' ')
}

/** As `line`, for what a practice cannot do without: an absent, empty or blank value is reported with its own reason. */
export function required(spot: Spot, max: number, missing: Reason, report: Report): string | undefined {
  const { tree } = spot
  if (!tree || tree.kind === 'nothing' || (tree.kind === 'text' && !tidied(tree.text)))
    return void report({ key: spot.key, line: spot.line, reason: missing })
  return line(spot, max, report)
}

/** A list of short texts; a single text counts as a list of one, and what is no text is passed over. */
export function lines(spot: Spot, report: Report): string[] {
  const { key, line: row, tree } = spot
  if (!tree || tree.kind === 'nothing') return []
  if (tree.kind === 'mapping') report({ key, line: row, reason: 'not-a-list' })
  const items = tree.kind === 'list' ? tree.items : [tree]
  if (items.length > longest.list) report({ key, line: row, reason: 'too-many', values: { max: longest.list } })
  const texts = items.slice(0, longest.list).flatMap((item, index) => {
    if (item.kind !== 'text') return []
    return line({ key: `${key}[${index}]`, line: item.line, tree: item }, longest.text, report) ?? []
  })
  return [...new Set(texts)]
}

/** For what we can do without: nothing is reported. */
export function optional(spot: Spot, max: number = longest.name): string | undefined {
  return line(spot, max, () => {})
}

function tidied(raw: string): string {
  return withoutControls(raw)
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

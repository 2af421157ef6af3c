import { readableAs } from '#src/storage/moments.ts'
import type { Column } from '#src/storage/rows.ts'

/** A value as people and programs read it: instants as ISO 8601 in UTC, also inside of others. */
export function readable(value: unknown, { name, kind }: Column): unknown {
  if (kind === 'json') return JSON.parse(JSON.stringify(value), readableAs)
  return kind === 'number' ? readableAs(name, value) : value
}

/** A line of RFC 4180. */
export const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`

const quoted = (cell: string): string => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** What goes into a cell. A spreadsheet must not take what somebody wrote for a formula: an apostrophe before it says so. */
export function cell(value: unknown, { kind }: Column): string {
  if (value === null || value === undefined) return ''
  if (kind === 'json') return JSON.stringify(value)
  const text = String(value)
  return kind === 'text' && /^[\s\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text
}

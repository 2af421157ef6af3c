import { cpus, totalmem } from 'node:os'
import Database from 'better-sqlite3'
import { type Line, met } from './benchmark.ts'

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** What was measured, as Markdown. */
export function table(lines: readonly Line[]): string {
  const head = ['What', 'Ours', 'Reference', 'Ratio', 'Target', '']
  const body = lines.map(line => [
    line.what,
    line.ours,
    line.reference,
    line.ratio.toFixed(2),
    'atMost' in line.target ? `≤ ${line.target.atMost}` : `≥ ${line.target.atLeast}`,
    met(line) ? 'met' : '**missed**',
  ])
  return [head, head.map(() => '---'), ...body].map(row).join('\n')
}

/** The machine as far as it matters: nothing that names it. */
export function machine(): string {
  const [{ model = 'unknown' } = {}] = cpus()
  const engine = new Database(':memory:')
  const sqlite = engine.prepare('SELECT sqlite_version()').pluck().get()
  engine.close()
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} cores (${model.trim()}), ${memory} GiB of memory, Node ${process.versions.node}, SQLite ${sqlite}`
}

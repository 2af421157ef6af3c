// What the bot takes, beside what one would use instead, in the same run: `npm run bench [-- NAME…] [-- --write]`.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Benchmark, Line } from './lib/benchmark.ts'
import { machine, table } from './lib/table.ts'

const benchmarks: Record<string, () => Promise<{ benchmark: Benchmark }>> = {
  handlers: () => import('./handlers.ts'),
  slack: () => import('./slack.ts'),
  growth: () => import('./growth.ts'),
}
const page = join(import.meta.dirname, '../../docs/performance.md')
const BEGIN = '<!-- measured -->\n'
const END = '<!-- until here -->'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false }, alone: { type: 'string' } },
})

/** Each in a process of its own: none leaves its memory or its timers to the next. */
async function measured(name: string): Promise<Line[]> {
  const child = fork(import.meta.filename, ['--alone', name])
  const lines: Line[] = []
  child.on('message', told => lines.push(...(told as Line[])))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${name} ended with ${code}`)
  return lines
}

function chosen(): string[] {
  const unknown = positionals.filter(name => !(name in benchmarks))
  if (unknown.length > 0)
    throw new Error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`)
  return positionals.length > 0 ? positionals : Object.keys(benchmarks)
}

async function all(): Promise<void> {
  const names = chosen()
  const lines: Line[] = []
  for (const name of names) {
    process.stderr.write(`${name}…\n`)
    lines.push(...(await measured(name)))
  }
  const report = `${machine()}; ${new Date().toISOString().slice(0, 10)}.\n\n${table(lines)}\n`
  process.stdout.write(report)
  if (values.write) write(report)
}

function write(report: string): void {
  const text = readFileSync(page, 'utf8')
  const [before = '', rest = ''] = text.split(BEGIN)
  writeFileSync(page, `${before}${BEGIN}\n${report}\n${END}${rest.split(END)[1] ?? ''}`)
}

if (values.alone) {
  const { benchmark } = (await benchmarks[values.alone]?.()) ?? {}
  process.send?.(await benchmark?.run())
} else await all()

// What the bot takes, beside what one would use instead, in the same run: `npm run bench [-- NAME…] [-- --write]`.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Engine } from '#src/storage/engine.ts'
import { startCluster } from '#test/support/postgres/cluster.ts'
import type { Benchmark, Line } from './lib/benchmark.ts'
import { machine, table } from './lib/table.ts'

interface Part {
  load: () => Promise<{ benchmark: Benchmark }>
  engines: readonly Engine[]
}
const both = ['sqlite', 'postgres'] as const
const benchmarks: Record<string, Part> = {
  handlers: { load: () => import('./handlers.ts'), engines: both },
  slack: { load: () => import('./slack.ts'), engines: ['sqlite'] },
  'slack-pace': { load: () => import('./slack-pace.ts'), engines: ['sqlite'] },
  queue: { load: () => import('./queue.ts'), engines: both },
  growth: { load: () => import('./growth.ts'), engines: both },
  'matrix-fan-out': { load: () => import('./matrix-fan-out.ts'), engines: ['sqlite'] },
  'matrix-rooms': { load: () => import('./matrix-rooms.ts'), engines: ['sqlite'] },
}
const page = join(import.meta.dirname, '../../docs/performance.md')
const BEGIN = '<!-- measured -->\n'
const END = '<!-- until here -->'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false }, alone: { type: 'string' } },
})

/** Each in a process of its own: none leaves its memory or its timers to the next. */
async function measured(name: string, address: string): Promise<Line[]> {
  const child = fork(import.meta.filename, ['--alone', name], { env: { ...process.env, DATABASE_URL: address } })
  const lines: Line[] = []
  child.on('message', told => lines.push(...(told as Line[])))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${name} ended with ${code}`)
  return lines
}

/** On a PostgreSQL that the run brings along, with every commit on its disk. */
async function onServer(name: string): Promise<Line[]> {
  const cluster = await startCluster({ durable: true })
  try {
    return await measured(name, cluster.url('postgres'))
  } finally {
    await cluster.stop()
  }
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
    for (const engine of benchmarks[name]?.engines ?? []) {
      process.stderr.write(`${name} on ${engine}…\n`)
      const measures = await (engine === 'postgres' ? onServer(name) : measured(name, 'file:'))
      // As it comes: what is measured later may fail.
      process.stderr.write(`${table(measures)}\n`)
      lines.push(...measures)
    }
  }
  const command = `npm run bench -- ${names.join(' ')}`
  const report = `\`${command}\` on ${machine()}; ${new Date().toISOString().slice(0, 10)}.\n\n${table(lines)}\n`
  process.stdout.write(report)
  if (values.write) write(report)
}

function write(report: string): void {
  const text = readFileSync(page, 'utf8')
  const [before = '', rest = ''] = text.split(BEGIN)
  writeFileSync(page, `${before}${BEGIN}\n${report}\n${END}${rest.split(END)[1] ?? ''}`)
}

if (values.alone) {
  const { benchmark } = (await benchmarks[values.alone]?.load()) ?? {}
  process.send?.(await benchmark?.run())
} else await all()

// Databases for a benchmark, on the engine of its process: files, or databases of the server that DATABASE_URL names.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { engine } from '#src/storage/engine.ts'
import { newId } from '#src/storage/ids.ts'

export const engineName = (): string => (engine() === 'postgres' ? 'PostgreSQL' : 'SQLite')

/** An empty one, or a copy of another of this server's that nobody is connected to. */
export async function freshDatabase(copyOf?: string): Promise<string> {
  if (engine() === 'sqlite') return join(mkdtempSync(join(tmpdir(), 'animatore-bench-')), 'bench.db')
  const name = `bench_${newId().replaceAll('-', '')}`
  const template = copyOf ? new URL(copyOf).pathname.slice(1) : 'template0'
  await onServer(process.env.DATABASE_URL ?? '', `create database ${name} template ${template}`)
  return new URL(name, process.env.DATABASE_URL).href
}

/** What a server does by itself within a minute: it counts what there is, so that its plans fit. */
export async function settled(address: string): Promise<void> {
  if (engine() === 'postgres') await onServer(address, 'vacuum analyze')
}

async function onServer(address: string, statement: string): Promise<void> {
  const connection = postgres(address, { max: 1, fetch_types: false, onnotice: () => {} })
  await connection.unsafe(statement)
  await connection.end()
}

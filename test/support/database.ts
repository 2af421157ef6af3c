import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { inject, onTestFinished } from 'vitest'
import { engine } from '#src/storage/engine.ts'
import { newId } from '#src/storage/ids.ts'

/**
 * The address of a new database on the engine of the run: a file, or one on the server of the tests. `lasts` is for one that
 * several tests use: without it, a server's is gone when the test is over.
 */
export const freshDatabase = async (name = 'test', { lasts = false } = {}): Promise<string> =>
  engine() === 'postgres' ? freshOnServer({ lasts }) : freshFile(name)

export const freshFile = (name = 'test'): string => join(mkdtempSync(join(tmpdir(), `animatore-${name}-`)), 'test.db')

/** The same without any table in it. */
export const emptyDatabase = async (): Promise<string> =>
  engine() === 'postgres' ? freshOnServer({ template: 'template0' }) : freshFile('empty')

export async function freshOnServer({ lasts = false, template = inject('postgres').template } = {}): Promise<string> {
  const { address } = inject('postgres')
  const name = `test_${newId().replaceAll('-', '')}`
  await onServer(address, `create database ${name} template ${template} strategy file_copy`)
  if (!lasts) onTestFinished(() => onServer(address, `drop database ${name} with (force)`))
  return new URL(name, address).href
}

async function onServer(address: string, statement: string): Promise<void> {
  const maker = postgres(address, { max: 1, fetch_types: false, onnotice: () => {} })
  await maker.unsafe(statement)
  await maker.end()
}

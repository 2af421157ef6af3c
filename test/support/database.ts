import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { inject, onTestFinished, test } from 'vitest'
import { engine } from '#src/storage/engine.ts'
import { newId } from '#src/storage/ids.ts'

/** The address of a new database for this test, on the engine of the run: a file, or one on the server of the tests. */
export const freshDatabase = async (name = 'test'): Promise<string> =>
  engine() === 'postgres' ? onServer() : join(mkdtempSync(join(tmpdir(), `animatore-${name}-`)), 'test.db')

async function onServer(): Promise<string> {
  const { address, template } = inject('postgres')
  const name = `test_${newId().replaceAll('-', '')}`
  const maker = postgres(address, { max: 1, fetch_types: false, onnotice: () => {} })
  await maker.unsafe(`create database ${name} template ${template} strategy file_copy`)
  onTestFinished(async () => {
    await maker.unsafe(`drop database ${name} with (force)`)
    await maker.end()
  })
  return new URL(name, address).href
}

/** A test of what only a file has: its bytes, its locks, its copies. */
export const testOnSqlite: typeof test | (() => void) = engine() === 'sqlite' ? test : () => {}
export const testOnPostgres: typeof test | (() => void) = engine() === 'postgres' ? test : () => {}

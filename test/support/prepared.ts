import { copyFileSync } from 'node:fs'
import { openStore } from '#src/storage/database.ts'
import { engine } from '#src/storage/engine.ts'
import { freshDatabase, freshFile, freshOnServer } from './database.ts'
import { demonstration } from './demonstration.ts'

/** By the moment at which the demo community was founded: made once by each worker, and copied after that. */
const templates = new Map<string, Promise<string>>()

/** The address of a new database in which the demo community was applied at a moment; applying it again changes nothing. */
export async function demoDatabase(at: string, { lasts = false } = {}): Promise<string> {
  const template = templates.get(at) ?? made(at)
  templates.set(at, template)
  return engine() === 'postgres'
    ? freshOnServer({ lasts, template: new URL(await template).pathname.slice(1) })
    : copied(await template)
}

async function made(at: string): Promise<string> {
  const db = await freshDatabase('demo', { lasts: true })
  const store = await openStore(db)
  await store.transaction(tx => demonstration(tx, Temporal.Instant.from(at)))
  await store.close()
  return db
}

function copied(template: string): string {
  const file = freshFile()
  copyFileSync(template, file)
  return file
}

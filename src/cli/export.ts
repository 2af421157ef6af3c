import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '#src/config.ts'
import type { Tx } from '#src/core/feature.ts'
import type { Translate } from '#src/core/message.ts'
import { openReadOnly } from '#src/storage/database.ts'
import { columnsOf, nameOf, rowsOf } from '#src/storage/rows.ts'
import { type Exported, exported } from './exporting/tables.ts'
import { cell, line, readable } from './exporting/values.ts'
import { complain, databaseOf, isThere, tell } from './shell.ts'

/** Everything the community has, one CSV and one JSON file a table, and what people attached. */
export async function exportAll(
  folder: string,
  { db }: { db?: string },
  settings: Settings,
  t: Translate,
): Promise<number> {
  const database = databaseOf(settings, db)
  if (!isThere(database)) {
    complain(t, t('shell.noDatabase', { path: database }))
    return 1
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    complain(t, t('shell.export.notEmpty', { path: folder }))
    return 1
  }
  const store = await openReadOnly(database)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const count = await store.read(tx => written(tx, folder))
    tell(t, t('shell.export.done', { path: folder, count: exported.length, rows: t.number(count) }))
    return 0
  } finally {
    await store.close()
  }
}

async function written(tx: Tx, folder: string): Promise<number> {
  let rows = 0
  for (const each of exported) rows += await table(tx, each, folder)
  return rows
}

async function table(tx: Tx, { table, without = [] }: Exported, folder: string): Promise<number> {
  const columns = columnsOf(table).filter(({ name }) => !without.includes(name))
  const all = await rowsOf(tx, table)
  if (nameOf(table) === 'files') attachments(all, folder)
  const rows = all.map(row => columns.map(column => readable(row[column.name], column)))
  const objects = rows.map(row => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])))
  const csv = [
    line(columns.map(({ name }) => name)),
    ...rows.map(row => line(columns.map((column, at) => cell(row[at], column)))),
  ]
  put(join(folder, `${nameOf(table)}.csv`), csv.join(''))
  put(join(folder, `${nameOf(table)}.json`), `${JSON.stringify(objects, undefined, 2)}\n`)
  return rows.length
}

/** What people attached, each under its id: their own names may be the same, or not fit for a disk. */
function attachments(rows: readonly Record<string, unknown>[], folder: string): void {
  for (const { id, owner, bytes } of rows) {
    if (typeof id !== 'string' || owner === null || !(bytes instanceof Uint8Array)) continue
    mkdirSync(join(folder, 'files'), { recursive: true, mode: 0o700 })
    put(join(folder, 'files', id), bytes)
  }
}

const put = (file: string, content: string | Uint8Array): void => writeFileSync(file, content, { mode: 0o600 })

// Everything a bot keeps, from a file to a server or back: all of it, compared row by row, or nothing.
import type Database from 'better-sqlite3'
import { MovedWrongly, NothingThere, NotUnicode } from '../failures.ts'
import { migratePostgres, refuseNewer } from '../migrations-postgres.ts'
import { openWire, type Wire } from '../wire.ts'
import { strangers, type Table, tablesOn } from './catalog.ts'
import { isSame, type Row } from './cells.ts'
import { fillFile, fillServer, rowsInFile, rowsOnServer } from './rows.ts'

/** How many rows of each table were moved, and found the same on the other side. */
export type Moved = readonly { table: string; rows: number }[]
/** Why nothing was moved: something is there already, or another bot is at work there. */
export type NotMoved = { reason: 'not-empty' | 'in-use' }

/** Why a server cannot be filled; undefined when it can. */
export async function whyNotTo(url: string): Promise<NotMoved | undefined> {
  const wire = await openWire(url)
  try {
    return await whyNot(wire)
  } finally {
    await wire.close()
  }
}
async function whyNot(wire: Wire): Promise<NotMoved | undefined> {
  if (await inUse(wire)) return { reason: 'in-use' }
  const tables = await tablesOn(wire)
  return (await anyRow(wire, tables)) ? { reason: 'not-empty' } : undefined
}

/** Fills an empty server from a file, which has all migrations and is only read. Nothing is there unless all of it is. */
export async function moveToServer(file: Database.Database, url: string): Promise<Moved | NotMoved> {
  const wire = await openWire(url)
  try {
    const [kept] = await wire.exec(`SELECT current_setting('server_encoding') = 'UTF8' AS unicode`)
    if (!kept?.unicode) throw new NotUnicode(url)
    await migratePostgres(wire, url)
    const tables = await tablesOn(wire)
    agreeOn(file, tables)
    await wire.exec('BEGIN')
    for (const { name } of tables) await wire.exec(`LOCK TABLE "${name}" IN ACCESS EXCLUSIVE MODE`)
    const wrong = await whyNot(wire)
    if (wrong) return wrong
    const moved: { table: string; rows: number }[] = []
    for (const table of tables) {
      const rows = await fillServer(wire, table, rowsInFile(file, table))
      await compare(table, rowsInFile(file, table), rowsOnServer(wire, table))
      moved.push({ table: table.name, rows })
    }
    await wire.exec('COMMIT')
    return moved
  } finally {
    await wire.close() // what is not committed is gone with it
  }
}

/** Fills a file, which has all migrations and no rows, with what a server holds at one moment. */
export async function moveToFile(url: string, file: Database.Database): Promise<Moved> {
  const wire = await openWire(url)
  try {
    const [kept] = await wire.exec(`SELECT to_regclass('outbox') IS NOT NULL AS filled`)
    if (!kept?.filled) throw new NothingThere(url)
    await refuseNewer(wire)
    await wire.exec('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const tables = await tablesOn(wire)
    agreeOn(file, tables)
    file.pragma('foreign_keys = OFF') // whole only at the end, and looked at then
    file.exec('BEGIN')
    const moved: { table: string; rows: number }[] = []
    for (const table of tables) {
      const rows = await fillFile(file, table, rowsOnServer(wire, table))
      await compare(table, rowsInFile(file, table), rowsOnServer(wire, table))
      moved.push({ table: table.name, rows })
    }
    const stray = file.prepare('SELECT "table" FROM pragma_foreign_key_check LIMIT 1').pluck().get()
    if (stray !== undefined) throw new MovedWrongly(String(stray))
    file.exec('COMMIT')
    return moved
  } finally {
    await wire.close()
  }
}

/** Whether a bot is connected there, besides whoever asks. */
async function inUse(wire: Wire): Promise<boolean> {
  const [row] = await wire.exec(`SELECT count(*) AS others FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'animatore' AND pid <> pg_backend_pid()`)
  return Number(row?.others) > 0
}

async function anyRow(wire: Wire, tables: readonly Table[]): Promise<boolean> {
  for (const { name } of tables) if ((await wire.exec(`SELECT 1 FROM "${name}" LIMIT 1`)).length > 0) return true
  return false
}

function agreeOn(file: Database.Database, tables: readonly Table[]): void {
  const different = strangers(file, tables)
  if (different.length > 0) throw new MovedWrongly(different.join(', '))
}

/** Throws at the first row that is missing on one side, or in which a cell is not the same. */
async function compare({ name, columns }: Table, file: Iterable<Row>, server: AsyncIterable<Row>): Promise<void> {
  const here = file[Symbol.iterator]()
  const differs = (one: Row, other: Row): boolean =>
    columns.some(({ kind }, at) => !isSame(kind, one[at] ?? null, other[at] ?? null))
  try {
    for await (const there of server) {
      const { value, done } = here.next()
      if (done || differs(value, there)) throw new MovedWrongly(`${name} ${there[0]}`)
    }
    if (!here.next().done) throw new MovedWrongly(name)
  } finally {
    here.return?.()
  }
}

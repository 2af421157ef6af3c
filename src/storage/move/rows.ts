// The rows of a table, wherever it is: one after another by key, never more in memory than a page.
import type Database from 'better-sqlite3'
import type { Wire } from '../wire.ts'
import type { Table } from './catalog.ts'
import { type Cell, cellOfFile, inServer, type Row, valueForFile } from './cells.ts'

/** So many rows are asked for or handed over at once, fewer where they are large. */
const PAGE = 200
/** Letters and digits in one statement at most. */
const LARGE = 4_000_000

const sql = String.raw
const quoted = (name: string): string => `"${name}"`

export function* rowsInFile(file: Database.Database, { name, key, columns }: Table): Generator<Row> {
  const chosen = columns.map(column => quoted(column.name)).join(', ')
  const rows = file.prepare<[], unknown[]>(`SELECT ${chosen} FROM ${quoted(name)} ORDER BY ${quoted(key)}`).raw()
  for (const row of rows.safeIntegers().iterate()) yield columns.map(({ kind }, at): Cell => cellOfFile(kind, row[at]))
}

export async function* rowsOnServer(wire: Wire, { name, key, columns }: Table): AsyncGenerator<Row> {
  const chosen = columns
    .map((column, at) => sql`${inServer(column.kind).read(quoted(column.name))} AS c${at}`)
    .join(', ')
  const page = (after: string) =>
    sql`SELECT ${chosen} FROM ${quoted(name)} ${after} ORDER BY ${quoted(key)} LIMIT ${PAGE}`
  const asRow = (row: Record<string, unknown>): Row =>
    columns.map((_, at) => (row[`c${at}`] === null ? null : String(row[`c${at}`])))
  for (let last: Cell = null; ; ) {
    const rows: Record<string, unknown>[] =
      last === null ? await wire.exec(page('')) : await wire.exec(page(sql`WHERE ${quoted(key)} > $1`), [last])
    for (const row of rows) yield asRow(row)
    const end = rows.at(-1)?.c0
    if (rows.length < PAGE || end === null) return
    last = String(end)
  }
}

/** Writes rows to the server; how many. */
export async function fillServer(wire: Wire, table: Table, rows: Iterable<Row>): Promise<number> {
  let count = 0
  for (const page of pages(rows)) {
    await wire.exec(insertion(table, page.length), page.flat())
    count += page.length
  }
  return count
}

function insertion({ name, columns }: Table, rows: number): string {
  const tuple = (row: number): string =>
    `(${columns.map(({ kind }, at) => inServer(kind).write(`$${row * columns.length + at + 1}`)).join(', ')})`
  const names = columns.map(column => quoted(column.name)).join(', ')
  return sql`INSERT INTO ${quoted(name)} (${names}) VALUES ${Array.from({ length: rows }, (_, row) => tuple(row)).join(', ')}`
}

function* pages(rows: Iterable<Row>): Generator<Row[]> {
  let page: Row[] = []
  let size = 0
  for (const row of rows) {
    page.push(row)
    size += row.reduce((sum, cell) => sum + (cell?.length ?? 0), 0)
    if (page.length < PAGE && size < LARGE) continue
    yield page
    ;[page, size] = [[], 0]
  }
  if (page.length > 0) yield page
}

/** Writes rows to a file; how many. */
export async function fillFile(file: Database.Database, table: Table, rows: AsyncIterable<Row>): Promise<number> {
  const { name, columns } = table
  const names = columns.map(column => quoted(column.name)).join(', ')
  const insert = file.prepare(`INSERT INTO ${quoted(name)} (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
  let count = 0
  for await (const row of rows) {
    insert.run(columns.map(({ kind }, at) => valueForFile(kind, row[at] ?? null)))
    count += 1
  }
  return count
}

import type Database from 'better-sqlite3'
import { isDerived } from '../derived.ts'
import type { Wire } from '../wire.ts'
import { isKind, type Kind } from './cells.ts'

/** A table as both engines have it. Its first column is its key. */
export interface Table {
  name: string
  key: string
  columns: readonly { name: string; kind: Kind }[]
}

/** Every table on the server, each after those it refers to: what is moved is what is there, and no list can forget one. */
export async function tablesOn(wire: Wire): Promise<Table[]> {
  const rows = await wire.exec(`SELECT table_name AS "table", column_name AS "column", data_type AS kind
    FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`)
  const byName = Map.groupBy(
    rows.filter(row => !isDerived(String(row.table))),
    row => String(row.table),
  )
  const tables = [...byName].map(([name, columns]) => {
    const known = columns.map(({ column, kind }) => ({ name: String(column), kind: kindOf(String(kind)) }))
    return { name, key: known[0]?.name ?? '', columns: known }
  })
  return inOrder(tables, await referencesOn(wire))
}

function kindOf(type: string): Kind {
  if (!isKind(type)) throw new Error(`no table of ours has a ${type}`)
  return type
}

async function referencesOn(wire: Wire): Promise<Map<string, string[]>> {
  const rows = await wire.exec(`SELECT one.relname AS "from", other.relname AS "to" FROM pg_constraint
    JOIN pg_class one ON one.oid = conrelid JOIN pg_class other ON other.oid = confrelid
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`)
  const grouped = Map.groupBy(rows, row => String(row.from))
  return new Map([...grouped].map(([from, all]) => [from, all.map(({ to }) => String(to))]))
}

function inOrder(tables: readonly Table[], references: ReadonlyMap<string, readonly string[]>): Table[] {
  const done = new Map<string, Table>()
  const add = (table: Table): void => {
    if (done.has(table.name)) return
    for (const name of references.get(table.name) ?? []) {
      const needed = tables.find(each => each.name === name && name !== table.name)
      if (needed) add(needed)
    }
    done.set(table.name, table)
  }
  for (const table of tables) add(table)
  return [...done.values()]
}

/** What the file has and the server has not, or the other way round: both have to be of the same version. */
export function strangers(file: Database.Database, tables: readonly Table[]): string[] {
  const here = file
    .prepare<
      [],
      { table: string; column: string }
    >(`SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m, pragma_table_info(m.name) c
      WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name NOT LIKE '\\_\\_drizzle%' ESCAPE '\\'`)
    .all()
    .filter(({ table }) => !isDerived(table))
    .map(({ table, column }) => `${table}.${column}`)
  const there = tables.flatMap(({ name, columns }) => columns.map(column => `${name}.${column.name}`))
  return [...new Set(here).symmetricDifference(new Set(there))]
}

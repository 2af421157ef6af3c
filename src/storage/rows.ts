import { asc, getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from '#src/core/feature.ts'
import { queries } from './database.ts'

export type Table = SQLiteTable
/** A column as the export needs it: its name, and whether it holds text that a person may have written. */
export interface Column {
  name: string
  kind: 'text' | 'number' | 'boolean' | 'json' | 'bytes'
}

export const nameOf = (table: Table): string => getTableName(table)

/** The columns of a table, in the order in which it was declared. */
export const columnsOf = (table: Table): Column[] =>
  Object.entries(getTableColumns(table)).map(([name, column]) => ({
    name,
    kind: kinds[column.dataType] ?? kinds[column.getSQLType()] ?? 'text',
  }))

const kinds: Record<string, Column['kind']> = {
  number: 'number',
  boolean: 'boolean',
  json: 'json',
  buffer: 'bytes',
  bytea: 'bytes',
}

/** Every row, by its first column, which is the key of all our tables. */
export async function rowsOf(tx: Tx, table: Table): Promise<Record<string, unknown>[]> {
  const [key] = Object.values(getTableColumns(table))
  if (!key) return []
  return queries(tx).select().from(table).orderBy(asc(key))
}

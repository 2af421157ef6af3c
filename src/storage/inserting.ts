import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from '#src/core/feature.ts'
import { queries } from './database.ts'
import { given } from './prepared.ts'

type Cells = [name: string, value: unknown][]
interface Built {
  execute(values: Record<string, unknown>): Promise<unknown>
}

/**
 * Puts rows into a table that many interactions write to. What becomes of one that clashes: it `fails`, the row that is there
 * `stays`, or takes its values, where the column that must not repeat is named.
 *
 * Each statement is built once for a connection and for the columns that are empty: as a value that comes later, null would be
 * the word null in a json column.
 */
export function inserting<T extends SQLiteTable>(table: T, clash: 'fails' | 'stays' | SQLiteColumn = 'fails') {
  const build = (tx: Tx, cells: Cells): Built => {
    const named = cells.map(([name, value]) => [name, value === null ? null : given(name)])
    const values = Object.fromEntries(named) as T['$inferInsert']
    const insert = queries(tx).insert(table).values(values)
    if (clash === 'fails') return insert.prepare()
    if (clash === 'stays') return insert.onConflictDoNothing().prepare()
    return insert.onConflictDoUpdate({ target: clash, set: values }).prepare()
  }
  const built = new WeakMap<Tx, Map<string, Built>>()
  return async (tx: Tx, row: T['$inferInsert']): Promise<void> => {
    const known = built.get(tx) ?? new Map<string, Built>()
    built.set(tx, known)
    const cells = Object.entries(row).filter(([, value]) => value !== undefined)
    const shape = cells.map(([name, value]) => (value === null ? `no ${name}` : name)).join()
    const statement = known.get(shape) ?? build(tx, cells)
    known.set(shape, statement)
    await statement.execute(row)
  }
}

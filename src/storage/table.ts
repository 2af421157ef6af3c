// Each table is written once and built in the process's dialect. A second engine adds its column kinds here, and nothing else.
import { blob, index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const column = {
  /** A UUIDv7, or a short name given by the community kit. */
  id: () => text().primaryKey(),
  text: () => text(),
  integer: () => integer({ mode: 'number' }),
  real: () => real(),
  boolean: () => integer({ mode: 'boolean' }),
  json: <T>() => text({ mode: 'json' }).$type<T>(),
  /** Epoch milliseconds. */
  instant: () => integer({ mode: 'number' }),
  blob: () => blob({ mode: 'buffer' }),
}
export const table = sqliteTable
export { index, uniqueIndex }

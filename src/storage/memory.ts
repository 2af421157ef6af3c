import { and, eq, like } from 'drizzle-orm'
import type { Memory } from '#src/core/memory.ts'
import { queries, type Store } from './database.ts'
import { newId } from './ids.ts'
import { memory } from './schema.ts'

/** What one platform remembers across restarts; each write is durable when it returns. */
export const memoryOf = (store: Store, platform: string): Memory => ({
  get: name =>
    store.read(async tx => {
      const [row] = await queries(tx)
        .select()
        .from(memory)
        .where(and(eq(memory.platform, platform), eq(memory.name, name)))
      return row?.value
    }),
  set: entries =>
    store.transaction(async tx => {
      for (const [name, value] of Object.entries(entries)) {
        await queries(tx)
          .insert(memory)
          .values({ id: newId(), platform, name, value })
          .onConflictDoUpdate({ target: [memory.platform, memory.name], set: { value } })
      }
    }),
  startingWith: prefix =>
    store.read(async tx => {
      const rows = await queries(tx)
        .select()
        .from(memory)
        .where(and(eq(memory.platform, platform), like(memory.name, `${prefix}%`)))
      return rows.map(row => ({ name: row.name, value: row.value }))
    }),
})

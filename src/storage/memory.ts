import { and, desc, eq, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
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
  set: (entries, whose) =>
    store.transaction(async tx => {
      const member = whose ?? null
      for (const [name, value] of Object.entries(entries)) {
        await queries(tx)
          .insert(memory)
          .values({ id: newId(), platform, name, value, member })
          .onConflictDoUpdate({ target: [memory.platform, memory.name], set: { value, member } })
      }
    }),
  startingWith: (prefix, last) =>
    store.read(async tx => {
      // Not LIKE: to it an underscore in a name means any letter.
      const starts = sql`substr(${memory.name}, 1, ${[...prefix].length}) = ${prefix}`
      const found = queries(tx)
        .select({ name: memory.name, value: memory.value })
        .from(memory)
        .where(and(eq(memory.platform, platform), starts))
        .orderBy(desc(memory.name))
      return (await (last === undefined ? found : found.limit(last))).toReversed()
    }),
})

/** Drops what any platform remembers about her: what she wrote there, and what only she could read. */
export async function eraseMemory(tx: Tx, member: string): Promise<void> {
  await queries(tx).delete(memory).where(eq(memory.member, member))
}

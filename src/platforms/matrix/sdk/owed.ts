import { z } from 'zod'
import type { Memory } from '#src/core/memory.ts'
import { OLDEST } from '../hear.ts'

const owing = z.object({ id: z.string(), room: z.string(), at: z.number() })
/** An event whose key has not come yet. */
export type Owed = z.infer<typeof owing>

/** What could not be read when it came, kept across restarts. Every change is written down before it counts. */
export interface OwedList {
  /** Reads what an earlier run was owed. Comes before everything else. */
  open(): Promise<void>
  has(id: string): boolean
  all(): readonly Owed[]
  note(one: Owed): Promise<void>
  forget(id: string): Promise<void>
}

export function owedIn(memory: Memory): OwedList {
  let list: Owed[] = []
  const keep = async (next: Owed[]): Promise<void> => {
    await memory.set({ owed: next })
    list = next
  }
  const has = (id: string): boolean => list.some(each => each.id === id)
  return {
    open: async () => {
      const kept = z.array(owing).safeParse(await memory.get('owed'))
      list = (kept.data ?? []).filter(({ at }) => at > Date.now() - OLDEST)
    },
    has,
    all: () => list,
    note: async one => {
      if (!has(one.id)) await keep([...list, one])
    },
    forget: async id => {
      if (has(id)) await keep(list.filter(each => each.id !== id && each.at > Date.now() - OLDEST))
    },
  }
}

import type { Memory } from '#src/core/memory.ts'

/** How far each person has read in each place. */
export interface Marks {
  of(account: string, place: string): Promise<number>
  put(account: string, place: string, position: number, whose: string): Promise<void>
}

export const marksIn = (memory: Memory): Marks => {
  const of = async (account: string, place: string): Promise<number> =>
    Number((await memory.get(`read:${account}:${place}`)) ?? 0)
  return {
    of,
    put: async (account, place, position, whose) => {
      if (position > (await of(account, place))) await memory.set({ [`read:${account}:${place}`]: position }, whose)
    },
  }
}

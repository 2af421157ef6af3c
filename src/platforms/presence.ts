import { z } from 'zod'
import type { Memory } from '#src/core/memory.ts'

/** Who is in which place, by account; `whose` is the member behind it. */
export interface Presence {
  of(account: string): Promise<string[]>
  enter(account: string, place: string, whose: string): Promise<void>
  leave(account: string, place: string, whose: string): Promise<void>
}

const list = z.array(z.string())

/** Members start inside the places that concern them; coming and going is kept, for as long as we know them. */
export const presenceIn = (memory: Memory, atFirst: (account: string) => Promise<string[]>): Presence => {
  const of = async (account: string): Promise<string[]> => {
    const kept = list.safeParse(await memory.get(`inside:${account}`))
    return kept.success ? kept.data : atFirst(account)
  }
  const put = (account: string, places: string[], whose: string): Promise<void> =>
    memory.set({ [`inside:${account}`]: places }, whose)
  return {
    of,
    enter: async (account, place, whose) => put(account, [...new Set([...(await of(account)), place])], whose),
    leave: async (account, place, whose) => {
      const before = await of(account)
      await put(
        account,
        before.filter(each => each !== place),
        whose,
      )
    },
  }
}

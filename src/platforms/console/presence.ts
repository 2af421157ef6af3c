import { z } from 'zod'
import type { Memory } from '#src/core/memory.ts'
import type { Presence } from './stage.ts'

const list = z.array(z.string())

/** Who is in which place. Members start inside the places that concern them; coming and going is kept. */
export const presenceIn = (memory: Memory, atFirst: (account: string) => Promise<string[]>): Presence => {
  const of = async (account: string): Promise<string[]> => {
    const kept = list.safeParse(await memory.get(`inside:${account}`))
    return kept.success ? kept.data : atFirst(account)
  }
  const put = (account: string, places: string[]): Promise<void> => memory.set({ [`inside:${account}`]: places })
  return {
    of,
    enter: async (account, place) => put(account, [...new Set([...(await of(account)), place])]),
    leave: async (account, place) =>
      put(
        account,
        (await of(account)).filter(each => each !== place),
      ),
  }
}

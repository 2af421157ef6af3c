import { z } from 'zod'

const addresses = z.object({ addresses: z.array(z.string()).min(1).max(5) })

/** The work that features may ask for, by name. `fetch` tries addresses in order until one answers with a text. */
export const workers = {
  fetch: async (input: unknown): Promise<unknown> => {
    // Its client is large, and most days nobody asks for anything out there.
    const { fetchText } = await import('./fetch.ts')
    let answer: unknown
    for (const address of addresses.parse(input).addresses) {
      const fetched = await fetchText(address)
      if (fetched.ok) return fetched
      answer ??= fetched
    }
    return answer
  },
}

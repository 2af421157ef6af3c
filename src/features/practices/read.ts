import { z } from 'zod'

const fetched = z.union([
  z.object({ ok: z.literal(true), text: z.string(), address: z.string() }),
  z.object({ ok: z.literal(false), reason: z.string(), status: z.number().optional() }),
])
const asked = z.object({ member: z.string(), address: z.string(), cause: z.string() })

/** What came back from fetching an address. */
export const readFetched = (result: unknown): z.infer<typeof fetched> => fetched.parse(result)

/** Who had asked for it, and what for. */
export type FetchAsked = z.infer<typeof asked>
export const readAsked = (about: string): FetchAsked => asked.parse(JSON.parse(about))

import { z } from 'zod'
import type { Memory } from '#src/core/memory.ts'
import type { Message } from '#src/core/message.ts'

const entry = z.object({
  /** Its own name: what an edit, a press or a reply refers to. */
  ref: z.string(),
  /** The outbox's key; the event's id for what a person said. */
  key: z.string(),
  to: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** The language it is in, where it is known. */
  lang: z.string().optional(),
  /** The key of the thread's root. */
  under: z.string().optional(),
  /** The member who alone sees it. */
  onlyFor: z.string().optional(),
  message: z.custom<Message>(value => typeof value === 'object' && value !== null).optional(),
  said: z.object({ by: z.string(), text: z.string(), file: z.string().optional() }).optional(),
})
/** One thing that was said in a place: by the bot, or by a person. */
export type Entry = z.infer<typeof entry>

/** Everything that was said, kept across restarts; what is about one member is forgotten with her. */
export interface History {
  /** What was said in a place, oldest first; only so many of the last. */
  of(place: string, last: number): Promise<Entry[]>
  byRef(ref: string): Promise<Entry | undefined>
  byKey(key: string): Promise<Entry | undefined>
  /** Writes it down at the end; once for each key. */
  add(said: Omit<Entry, 'ref'>, whose?: string): Promise<Entry>
  edit(ref: string, message: Message, whose?: string): Promise<void>
}

/** `changed` is called after every addition and edit. */
export function openHistory(memory: Memory, changed: () => void): History {
  const inTurn = turns()
  const read = (value: unknown): Entry | undefined => entry.safeParse(value).data
  const byRef = async (ref: string): Promise<Entry | undefined> =>
    ref.startsWith('said:') ? read(await memory.get(ref)) : undefined
  const byKey = async (key: string): Promise<Entry | undefined> => byRef(String(await memory.get(`key:${key}`)))
  return {
    byRef,
    byKey,
    of: async (place, last) =>
      (await memory.startingWith(`said:${place}:`, last)).flatMap(({ value }) => read(value) ?? []),
    add: (said, whose) =>
      inTurn(async () => {
        const earlier = await byKey(said.key)
        if (earlier) return earlier
        const count = Number((await memory.get('count')) ?? 0) + 1
        const ref = `said:${said.to}:${String(count).padStart(9, '0')}`
        const made = { ...said, ref }
        await memory.set({ count })
        await memory.set({ [ref]: made, [`key:${said.key}`]: ref }, whose)
        changed()
        return made
      }),
    edit: (ref, message, whose) =>
      inTurn(async () => {
        const before = await byRef(ref)
        if (!before) return
        await memory.set({ [ref]: { ...before, message } }, whose)
        changed()
      }),
  }
}

/** Where a message stands among all, for marks of what was read. */
export const positionOf = ({ ref }: Pick<Entry, 'ref'>): number => Number(ref.slice(ref.lastIndexOf(':') + 1))

/** One piece of work at a time, in the order of asking. */
export function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const mine = last.then(work)
    last = mine.catch(() => {}) // whoever asked has her own errors
    return mine
  }
}

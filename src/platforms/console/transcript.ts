import { z } from 'zod'
import type { Memory } from '#src/core/memory.ts'

const printed = z.object({
  ref: z.string(),
  key: z.string(),
  /** `dm:reuser` or `#place`. */
  to: z.string(),
  onlyFor: z.string().optional(),
  choices: z.array(z.object({ action: z.string(), value: z.string() })),
})
/** A message as it was printed: what a later press, thread or edit refers to. */
export type Printed = z.infer<typeof printed>

/** What was printed, kept across restarts; it is also how an interrupted print is recognised. */
export interface Transcript {
  byRef(ref: string): Printed | undefined
  byKey(key: string): Printed | undefined
  /** Writes a new message down and gives it the next reference. */
  add(message: Omit<Printed, 'ref'>): Promise<Printed>
  /** Notes an edit; false when this very edit was noted before. */
  edit(ref: string, editKey: string, choices: Printed['choices']): Promise<boolean>
  /** The latest message that fits. */
  latest(fits: (message: Printed) => boolean): Printed | undefined
}

export async function openTranscript(memory: Memory): Promise<Transcript> {
  const all: Printed[] = (await memory.startingWith('printed:')).map(({ value }) => printed.parse(value))
  const number = (ref: string): number => Number(ref.slice(1))
  all.sort((a, b) => number(a.ref) - number(b.ref))
  const refs = new Map(all.map(message => [message.ref, message]))
  const keys = new Map(all.map(message => [message.key, message]))
  return {
    byRef: ref => refs.get(ref),
    byKey: key => keys.get(key),
    add: async message => {
      const made = { ref: `m${all.length + 1}`, ...message }
      await memory.set({ [`printed:${made.ref}`]: made })
      all.push(made)
      refs.set(made.ref, made)
      keys.set(made.key, made)
      return made
    },
    edit: async (ref, editKey, choices) => {
      const message = refs.get(ref)
      if (!message || (await memory.get(`edited:${editKey}`)) !== undefined) return false
      message.choices = choices
      await memory.set({ [`edited:${editKey}`]: ref, [`printed:${ref}`]: message })
      return true
    },
    latest: fits => all.findLast(fits),
  }
}

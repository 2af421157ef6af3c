import type { Inspected, Settings } from '#src/config.ts'
import type { Markdown, Translate } from '#src/core/message.ts'

/** What a check may look at. Without `settings`, some of them are wrong: what depends on them is left unsaid. */
export interface Patient {
  t: Translate
  inspected: readonly Inspected[]
  settings: Settings | undefined
  now: Temporal.Instant
}
/** One thing that was looked at; `says` is how it is, and what to do. A `note` is advice: the bot works without it. */
export interface Finding {
  name: string
  state: 'ok' | 'note' | 'todo'
  says: Markdown
}
export type Check = (patient: Patient) => readonly Finding[] | Promise<readonly Finding[]>

export const ok = (name: string, says: Markdown): Finding => ({ name, state: 'ok', says })
export const todo = (name: string, says: Markdown): Finding => ({ name, state: 'todo', says })
export const note = (name: string, says: Markdown): Finding => ({ name, state: 'note', says })

import type { Markdown } from './message.ts'

/** One thing that was looked at on a platform, and what to do when it is not as it should be; a `note` is advice. */
export interface Finding {
  ok: boolean
  note?: true
  text: Markdown
}

import type { Problem } from '#src/core/form.ts'
import type { Member } from '#src/core/interaction.ts'
import type { Intake } from '#src/core/platform.ts'
import type { Presence } from '#src/platforms/presence.ts'
import type { Transcript } from './transcript.ts'

/** What the console needs of the bot it speaks to. */
export interface Stage {
  intake: Intake
  transcript: Transcript
  presence: Presence
  now: () => Temporal.Instant
  /** Moves the clock, running everything that falls due on the way, in order. */
  moveTo: (at: Temporal.Instant) => Promise<void>
  /** Everything due by now is done. */
  settle: () => Promise<void>
  /** The member behind a person of the kit; undefined when nobody has that name. */
  person: (account: string) => Promise<Member | undefined>
  placeExists: (id: string) => Promise<boolean>
  /** The id of an event that brings none: it is never given out twice. */
  nextEventId: () => Promise<string>
  /** In bytes. */
  largestFile: number
  out: (line: object) => void
}
/** Why a line was not understood, as words of `locales`; undefined when it was. */
export type Wrong = Problem | undefined
export const wrong = (key: Problem['key'], values: NonNullable<Problem['values']> = {}): Problem => ({ key, values })

import type { Interaction, PlatformName } from './interaction.ts'

/**
 * What happens that is worth counting, told as it happens; times in seconds. Nothing in it names a person or repeats a word.
 *
 * - `handled`: what somebody did was answered, or its handler failed;
 * - `ran`: a job or an alarm, so much after its time;
 * - `posted`: a message was handed to its platform, and this became of it.
 */
export type Happening =
  | { kind: 'handled'; interaction: Interaction['kind']; outcome: 'handled' | 'failed'; seconds: number }
  | { kind: 'ran'; name: string; outcome: 'ran' | 'again' | 'passed-over'; delay: number }
  | { kind: 'posted'; platform: PlatformName; outcome: 'sent' | 'later' | 'dead' }

/** Hears of it at once, and takes no time over it. */
export type Observe = (happening: Happening) => void

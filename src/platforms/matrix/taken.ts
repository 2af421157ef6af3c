import type { Interaction, Member } from '#src/core/interaction.ts'
import { Undeliverable } from '#src/core/platform.ts'
import type { Hearing } from './hear.ts'
import { pause } from './patience.ts'
import type { Brought } from './read.ts'
import { TooLarge } from './wire.ts'

/** All that is said meanwhile waits: so often a file is asked for, and then she is told. */
const ATTEMPTS = 3

type Taking = Pick<Hearing, 'wire' | 'intake' | 'largestFile' | 'log' | 'stopping'>
type Refusal = Required<Pick<Interaction, 'refused'>>

/** A file that came with a message: its id, or why not. One that is too large is refused before it is fetched, or while it is. */
export async function taken(brought: Brought, owner: Member, at: Taking): Promise<{ file: string } | Refusal> {
  const fetched = await fetchedFrom(brought, at)
  if ('refused' in fetched) return fetched
  return { file: await at.intake.keep({ name: brought.name, type: brought.type, ...fetched }, owner) }
}

async function fetchedFrom({ media, size }: Brought, at: Taking): Promise<{ bytes: Uint8Array } | Refusal> {
  const { wire, largestFile, log, stopping } = at
  const most = Math.floor(largestFile / 1024 / 1024)
  if (size > largestFile) return { refused: { key: 'core.problems.tooLarge', values: { most } } }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { bytes: await wire.download(media, largestFile, stopping) }
    } catch (error) {
      if (error instanceof TooLarge) return { refused: { key: 'core.problems.tooLarge', values: { most } } }
      if (stopping.aborted) throw error
      log.warn({ error, attempt }, 'a file could not be fetched')
      const over = error instanceof Undeliverable || attempt === ATTEMPTS
      if (over) return { refused: { key: 'core.problems.notFetched' } }
      // A stop cuts it short: then it comes again.
      if (!(await pause(250 * attempt, stopping))) throw error
    }
  }
}

import type { Tx } from '#src/core/feature.ts'
import type { Translate } from '#src/core/message.ts'
import { applyKit } from './apply.ts'
import { describeProblem } from './messages.ts'
import { readKit } from './read.ts'
import { UnusableKit } from './unusable.ts'

/** Reads a kit now, and applies it when the database is open. Throws an UnusableKit that tells every problem in `t`'s words. */
export function preparing(
  text: string,
  t: Translate,
  options: { jobs?: readonly string[] } = {},
): (tx: Tx, now: Temporal.Instant) => Promise<void> {
  const read = readKit(text, options)
  if (!read.ok) throw new UnusableKit(read.problems.map(each => t.plain(describeProblem(t, each))).join('\n'))
  return async (tx, now) => {
    await applyKit(tx, read.kit, now)
  }
}

import type { Tx } from '#src/core/feature.ts'
import type { Change } from './change.ts'
import type { Kit } from './format.ts'
import { merge } from './merge.ts'

export type { Change } from './change.ts'

/** What applying the kit would change now. Writes nothing. */
export const planKit = (tx: Tx, kit: Kit): Promise<Change[]> =>
  merge(tx, kit, Temporal.Instant.fromEpochMilliseconds(0), false)

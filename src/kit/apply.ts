import type { Tx } from '#src/core/feature.ts'
import type { Change } from './change.ts'
import type { Kit } from './format.ts'
import { merge } from './merge.ts'

/** Brings the database to what the kit says, in the caller's transaction: a second time there is nothing to change. */
export const applyKit = (tx: Tx, kit: Kit, now: Temporal.Instant): Promise<Change[]> => merge(tx, kit, now, true)

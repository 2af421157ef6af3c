import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { practices } from '../schema.ts'

const pending = prepared(on =>
  on
    .select({ id: practices.id })
    .from(practices)
    .where(and(eq(practices.proposer, given('member')), inArray(practices.state, ['proposed', 'changes-asked'])))
    .limit(1),
)
/** Whether something that she proposed is not decided yet. */
export const hasPending = async (tx: Tx, member: string): Promise<boolean> =>
  (await pending(tx).execute({ member })).length > 0

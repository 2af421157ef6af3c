import type { Tx } from '#src/core/feature.ts'
import { type Joining, repoint } from '#src/storage/joining.ts'
import { adoptions, cards, drafts, practices } from './schema.ts'

/** What she proposed, answers for and was shown, where two members are one person. */
export const joinPeople = (tx: Tx, joining: Joining): Promise<void> =>
  repoint(
    tx,
    [practices.reasonBy, practices.proposer, adoptions.owner, adoptions.claimedBy, drafts.member, cards.member],
    joining,
  )

import type { Tx, World } from '#src/core/feature.ts'
import { adoptionsOwnedBy, forgetOwner } from './adoptions/store.ts'
import { dropCardsOf } from './cards/store.ts'
import { forgetReason, movePractice, practicesExplainedBy, practicesProposedBy } from './catalogue/store.ts'
import { draftsOf, dropDraftsOf } from './importing/store.ts'
import { redrawAnnouncements, redrawNotes, redrawReviews } from './proposals/circulation.ts'
import { isPending, numberOf, searchable } from './rules.ts'
import type { Practice } from './schema.ts'

/** What she proposed, explained, began to import, and answers for. */
export const exported = async (member: string, tx: Tx) => ({
  proposed: (await practicesProposedBy(tx, member)).map(told),
  reasons: (await practicesExplainedBy(tx, member)).map(row => ({ practice: numberOf(row), reason: row.reason })),
  drafts: (await draftsOf(tx, member)).map(({ content, createdAt }) => ({ ...content, createdAt })),
  adoptions: (await adoptionsOwnedBy(tx, member)).map(row => ({
    practice: numberOf(row),
    organization: row.organizationName,
    state: row.state,
    interestedAt: row.interestedAt,
    deployingAt: row.deployingAt,
    inUseAt: row.inUseAt,
    holderAt: row.holderAt,
  })),
})

const told = (row: Practice) => ({
  practice: numberOf(row),
  title: row.title,
  summary: row.summary,
  description: row.description,
  state: row.state,
  proposedAt: row.proposedAt,
})

/**
 * A published practice is its provider's and stays, without her; a proposal that never was is only her words, and goes
 * with them. Reasons she gave go wherever they were shown.
 */
export async function erased(member: string, world: World): Promise<void> {
  const cause = `erased:${member}`
  for (const row of await practicesExplainedBy(world.tx, member)) {
    await forgetReason(world.tx, row.id)
    await redrawAll({ ...row, reason: null }, cause, world)
  }
  for (const row of await practicesProposedBy(world.tx, member)) await forgetProposer(row, cause, world)
  await forgetOwner(world.tx, member)
  await dropDraftsOf(world.tx, member)
  await dropCardsOf(world.tx, member)
}

async function forgetProposer(row: Practice, cause: string, world: World): Promise<void> {
  const nothing = { title: '…', summary: '…', description: '…' }
  const wordless = row.publishedAt === null ? { ...nothing, ...searchable(nothing) } : {}
  const over = isPending(row) ? { state: 'withdrawn' as const, withdrawnAt: world.now.epochMilliseconds } : {}
  const after = await movePractice(world.tx, row.id, [row.state], { proposer: null, ...wordless, ...over })
  if (after && row.publishedAt === null) await redrawReviews(world, after, cause)
}

async function redrawAll(row: Practice, cause: string, world: World): Promise<void> {
  await redrawReviews(world, row, cause)
  await redrawNotes(world, row, cause)
  if (row.state === 'withdrawn') await redrawAnnouncements(world, row, cause)
}

import { members, organizations } from '#src/storage/schema.ts'
import { column, index, table, uniqueIndex } from '#src/storage/table.ts'

export type PracticeState = 'proposed' | 'changes-asked' | 'published' | 'declined' | 'withdrawn'
export type AdoptionState = 'interested' | 'deploying' | 'in-use' | 'holder'

export const practices = table('practices', {
  id: column.id(),
  /** Shown as `P-0012`. */
  number: column.integer().notNull(),
  title: column.text().notNull(),
  summary: column.text().notNull(),
  description: column.text().notNull(),
  provider: column.text().notNull().references(() => organizations.id),
  /** A community's short name in the kit. */
  community: column.text().notNull(),
  kit: column.text(),
  /** The kit's version, as its provider names it. */
  version: column.text(),
  repository: column.text(),
  licence: column.text(),
  categories: column.json<string[]>().notNull(),
  state: column.text().$type<PracticeState>().notNull(),
  /** Why changes were asked, or why it was declined or withdrawn. */
  reason: column.text(),
  proposer: column.text().references(() => members.id),
  proposedAt: column.instant().notNull(),
  publishedAt: column.instant(),
  changedAt: column.instant().notNull(),
  withdrawnAt: column.instant(),
}, t => [
  uniqueIndex('practices_number').on(t.number),
  index('practices_state').on(t.state, t.publishedAt),
  index('practices_provider').on(t.provider),
  index('practices_community').on(t.community, t.state),
  index('practices_repository').on(t.repository),
])

/** One organization's way with one practice, each step dated. */
export const adoptions = table('adoptions', {
  id: column.id(),
  practice: column.text().notNull().references(() => practices.id),
  organization: column.text().notNull().references(() => organizations.id),
  /** Who answers for it in the monthly check-in. */
  owner: column.text().references(() => members.id),
  state: column.text().$type<AdoptionState>().notNull(),
  interestedAt: column.instant().notNull(),
  deployingAt: column.instant(),
  inUseAt: column.instant(),
  /** When the organization said that it holds the practice: the provider or a coordinator confirms. */
  claimedAt: column.instant(),
  holderAt: column.instant(),
}, t => [
  uniqueIndex('adoptions_pair').on(t.practice, t.organization),
  index('adoptions_organization').on(t.organization),
  index('adoptions_owner').on(t.owner),
])

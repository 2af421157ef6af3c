import type { Place } from '#src/core/interaction.ts'
import { members, organizations } from '#src/storage/schema.ts'
import { column, index, table, uniqueIndex } from '#src/storage/table.ts'

export type PracticeState = 'proposed' | 'changes-asked' | 'published' | 'declined' | 'withdrawn'
export type AdoptionState = 'interested' | 'deploying' | 'in-use' | 'holder'

export const practices = table(
  'practices',
  {
    id: column.id(),
    /** Shown as `P-0012`. */
    number: column.integer().notNull(),
    title: column.text().notNull(),
    summary: column.text().notNull(),
    description: column.text().notNull(),
    provider: column
      .text()
      .notNull()
      .references(() => organizations.id),
    /** A community's short name in the kit. */
    community: column.text().notNull(),
    kit: column.text(),
    /** The kit's version, as its provider names it. */
    version: column.text(),
    repository: column.text(),
    licence: column.text(),
    categories: column.json<string[]>().notNull(),
    state: column.text().$type<PracticeState>().notNull(),
    /** The words of title, summary and description, and of the title alone, as `searchable` writes them: what searches find. */
    folded: column.text().notNull(),
    foldedTitle: column.text().notNull().default(''),
    /** Why changes were asked, or why it was declined or withdrawn, and who wrote that. */
    reason: column.text(),
    reasonBy: column.text().references(() => members.id),
    proposer: column.text().references(() => members.id),
    proposedAt: column.instant().notNull(),
    publishedAt: column.instant(),
    changedAt: column.instant().notNull(),
    withdrawnAt: column.instant(),
  },
  t => [
    uniqueIndex('practices_number').on(t.number),
    index('practices_state').on(t.state, t.publishedAt),
    index('practices_published').on(t.publishedAt),
    index('practices_provider').on(t.provider),
    index('practices_community').on(t.community, t.state),
    index('practices_repository').on(t.repository),
  ],
)

/** One organization's way with one practice, each step dated. */
export const adoptions = table(
  'adoptions',
  {
    id: column.id(),
    practice: column
      .text()
      .notNull()
      .references(() => practices.id),
    organization: column
      .text()
      .notNull()
      .references(() => organizations.id),
    /** Who answers for it in the monthly check-in. */
    owner: column.text().references(() => members.id),
    state: column.text().$type<AdoptionState>().notNull(),
    interestedAt: column.instant().notNull(),
    deployingAt: column.instant(),
    inUseAt: column.instant(),
    /** When the organization said that it holds the practice: the provider or a coordinator confirms. */
    claimedAt: column.instant(),
    claimedBy: column.text().references(() => members.id),
    holderAt: column.instant(),
  },
  t => [
    uniqueIndex('adoptions_pair').on(t.practice, t.organization),
    index('adoptions_organization').on(t.organization),
    index('adoptions_owner').on(t.owner),
    index('adoptions_interested').on(t.interestedAt),
    index('adoptions_deploying').on(t.deployingAt),
    index('adoptions_in_use').on(t.inUseAt),
    index('adoptions_holder').on(t.holderAt),
  ],
)

/** What a file told and a proposal still lacks something to become. */
export interface Draft {
  title: string
  /** Empty when the file's is too long: the person writes her own. */
  summary: string
  description: string
  /** The provider's id, where the file names an organization that we know. */
  provider?: string
  kit?: string
  version?: string
  repository: string
  licence: string
  categories: string[]
}
export const drafts = table(
  'practice_drafts',
  {
    id: column.id(),
    member: column
      .text()
      .notNull()
      .references(() => members.id),
    content: column.json<Draft>().notNull(),
    createdAt: column.instant().notNull(),
  },
  t => [index('practice_drafts_member').on(t.member)],
)

/** A message that is drawn again when what it shows changes; its id is the key it was posted with. */
export type CardKind = 'review' | 'told' | 'announced' | 'note' | 'reuser' | 'claim'
export const cards = table(
  'practice_cards',
  {
    id: column.id(),
    kind: column.text().$type<CardKind>().notNull(),
    /** The practice, or the adoption. */
    about: column.text().notNull(),
    place: column.json<Place>(),
    member: column.text().references(() => members.id),
  },
  t => [index('practice_cards_about').on(t.about, t.kind), index('practice_cards_member').on(t.member)],
)

export type Practice = typeof practices.$inferSelect
export type Adoption = typeof adoptions.$inferSelect
export type Card = typeof cards.$inferSelect

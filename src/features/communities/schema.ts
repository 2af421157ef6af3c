import type { LocalText } from '#src/core/message.ts'
import { members } from '#src/storage/schema.ts'
import { column, index, table, uniqueIndex } from '#src/storage/table.ts'

export const communities = table('communities', {
  /** Its short name in the kit: `suape`. */
  id: column.id(),
  name: column.json<LocalText>().notNull(),
  /** How many administrations it could reach. */
  audience: column.integer(),
  territory: column.text(),
  /** Who answers for personal data, and where to write to them. */
  controller: column.text().notNull(),
  privacyContact: column.text().notNull(),
})

export type MembershipState = 'onboarding' | 'member' | 'left'

export const memberships = table(
  'memberships',
  {
    id: column.id(),
    member: column
      .text()
      .notNull()
      .references(() => members.id),
    community: column
      .text()
      .notNull()
      .references(() => communities.id),
    state: column.text().$type<MembershipState>().notNull(),
    /** When onboarding began, when the one reminder went, when it was first finished. */
    startedAt: column.instant().notNull(),
    remindedAt: column.instant(),
    joinedAt: column.instant(),
    leftAt: column.instant(),
    /** The keys of the posts that tell the community who she is. */
    introductions: column.json<string[]>().notNull(),
  },
  t => [
    uniqueIndex('memberships_pair').on(t.member, t.community),
    index('memberships_community').on(t.community, t.joinedAt),
    index('memberships_joined').on(t.joinedAt),
    index('memberships_left').on(t.community, t.leftAt),
  ],
)

/** What a member told when she joined. */
export const profiles = table('profiles', {
  member: column.id(),
  /** Her role in her administration. */
  role: column.text(),
  brings: column.text(),
  needs: column.text(),
  interests: column.json<string[]>().notNull(),
  introduce: column.boolean().notNull(),
  changedAt: column.instant().notNull(),
})

import type { Doing, Role } from '#src/core/feature.ts'
import type { Option } from '#src/core/form.ts'
import type { PlatformName } from '#src/core/interaction.ts'
import { column, index, table, uniqueIndex } from './table.ts'

/** A person. What identifies her is gone when she asks to be forgotten; the row stays, so that counts stay. */
export const members = table(
  'members',
  {
    id: column.id(),
    /** Her name in the community kit. */
    person: column.text(),
    name: column.text().notNull(),
    locale: column.text().notNull(),
    timezone: column.text().notNull(),
    organization: column.text().references(() => organizations.id),
    pausedUntil: column.instant(),
    createdAt: column.instant().notNull(),
    erasedAt: column.instant(),
    /** Who she is, where two accounts were found to be one person's: this row stays for what still names it. */
    joinedTo: column.text(),
  },
  t => [uniqueIndex('members_person').on(t.person)],
)

/** A person on one platform and workspace. */
export const accounts = table(
  'accounts',
  {
    id: column.id(),
    member: column
      .text()
      .notNull()
      .references(() => members.id),
    platform: column.text().$type<PlatformName>().notNull(),
    workspace: column.text().notNull(),
    account: column.text().notNull(),
    seenAt: column.instant(),
  },
  t => [
    uniqueIndex('accounts_native').on(t.platform, t.workspace, t.account),
    index('accounts_of').on(t.member, t.platform, t.workspace),
  ],
)

/** Who may do what: `scope` is a community, a laboratory, or empty for the whole programme. */
export const roles = table(
  'roles',
  {
    id: column.id(),
    member: column
      .text()
      .notNull()
      .references(() => members.id),
    role: column.text().$type<Exclude<Role, Doing | 'anyone'>>().notNull(),
    scope: column.text().notNull().default(''),
    since: column.instant().notNull(),
  },
  t => [uniqueIndex('roles_grant').on(t.member, t.role, t.scope), index('roles_scope').on(t.role, t.scope)],
)

export const organizations = table(
  'organizations',
  {
    id: column.id(),
    name: column.text().notNull(),
    /** The name without accents and in lower case, for searches. */
    folded: column.text().notNull(),
    /** The words of the name, as `spelled` writes them: what is searched holds them with its own. */
    words: column.text().notNull().default(''),
    /** Its code in the index of public administrations, in lower case. */
    ipa: column.text(),
    kind: column.text().$type<'administration' | 'economic-operator'>().notNull(),
  },
  t => [uniqueIndex('organizations_ipa').on(t.ipa), index('organizations_folded').on(t.folded)],
)

/** A channel or room, and what it is for. One place of the kit has a row for each platform. */
export const places = table(
  'places',
  {
    id: column.id(),
    name: column.text().notNull(),
    platform: column.text().$type<PlatformName>().notNull(),
    workspace: column.text().notNull(),
    address: column.text().notNull(),
    locale: column.text().notNull(),
    timezone: column.text().notNull(),
    /** The day of its patron saint, `MM-DD`. */
    feast: column.text(),
    purpose: column.text().$type<'programme' | 'community' | 'laboratory' | 'coordinators'>(),
    /** The community or laboratory. */
    scope: column.text().notNull().default(''),
  },
  t => [
    uniqueIndex('places_native').on(t.platform, t.workspace, t.address),
    index('places_purpose').on(t.purpose, t.scope),
  ],
)

export const settings = table('settings', { name: column.id(), value: column.json<unknown>().notNull() })
/** The last number given out in each series. */
export const counters = table('counters', { series: column.id(), last: column.integer().notNull() })

/** The inbox: every incoming event, by its own id. What was said is dropped once it has been handled. */
export const events = table(
  'events',
  {
    id: column.id(),
    interaction: column.text(),
    member: column.text().notNull(),
    at: column.instant().notNull(),
    outcome: column.text().$type<'waiting' | 'handled' | 'failed'>().notNull(),
    /** When it was written down, by the database's clock. */
    acceptedAt: column.instant().notNull().default(0),
  },
  t => [index('events_waiting').on(t.outcome, t.at), index('events_member').on(t.member)],
)

/** A form that is open for a person. `field` is the question a conversation stands at. */
export const conversations = table('conversations', {
  member: column.id(),
  form: column.text().notNull(),
  about: column.text().notNull(),
  subject: column.text(),
  known: column.json<Record<string, string>>().notNull(),
  options: column.json<Record<string, readonly Option[]>>().notNull(),
  raw: column.json<Record<string, string>>().notNull(),
  sources: column.json<Record<string, string>>(),
  field: column.integer().notNull(),
  found: column.json<readonly Option[]>(),
  place: column.json<{ platform: PlatformName; workspace: string; id: string }>().notNull(),
  expiresAt: column.instant().notNull(),
})

export const files = table(
  'files',
  {
    id: column.id(),
    name: column.text().notNull(),
    type: column.text().notNull(),
    bytes: column.blob().notNull(),
    owner: column.text(),
    createdAt: column.instant().notNull(),
  },
  t => [index('files_owner').on(t.owner)],
)

/** What one process works on, so that no other does; instants of the database's clock, which all of them share. */
export const leases = table('leases', {
  name: column.id(),
  owner: column.text().notNull(),
  until: column.instant().notNull(),
})

/** What a platform must remember across restarts: references, tokens, a moved clock. */
export const memory = table(
  'memory',
  {
    id: column.id(),
    platform: column.text().notNull(),
    name: column.text().notNull(),
    value: column.json<unknown>().notNull(),
    /** Whom it is about, where it is about one member: it is forgotten with her. */
    member: column.text(),
  },
  t => [uniqueIndex('memory_name').on(t.platform, t.name), index('memory_member').on(t.member)],
)

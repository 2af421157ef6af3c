import { answers, periods, programmeItems, riskReviews, skips } from '#src/features/checkins/schema.ts'
import { communities, memberships, profiles } from '#src/features/communities/schema.ts'
import { laboratories, requestMessages, requests, services, triggerEvents } from '#src/features/laboratories/schema.ts'
import { adoptions, practices } from '#src/features/practices/schema.ts'
import type { Table } from '#src/storage/rows.ts'
import { accounts, files, members, organizations, places, roles } from '#src/storage/schema.ts'

/** A table that is exported, without the columns that only the bot can use: where it posted, what it searches in. */
export interface Exported {
  table: Table
  without?: readonly string[]
}

/** What a community has, in the order in which it is easiest to read. */
export const exported: readonly Exported[] = [
  { table: organizations, without: ['folded', 'words'] },
  { table: members },
  { table: accounts },
  { table: roles },
  { table: places },
  { table: communities },
  { table: memberships, without: ['introductions'] },
  { table: profiles },
  { table: practices, without: ['folded', 'foldedTitle'] },
  { table: adoptions },
  { table: laboratories },
  { table: services },
  { table: triggerEvents },
  { table: requests, without: ['cards'] },
  { table: requestMessages, without: ['posted'] },
  { table: programmeItems },
  { table: periods },
  { table: answers },
  { table: riskReviews },
  { table: skips },
  { table: files, without: ['bytes'] },
]

/** What stays: queues, what platforms remember, open forms, and what was written but never sent. */
export const keptBack: readonly string[] = [
  'settings',
  'counters',
  'events',
  'conversations',
  'memory',
  'outbox',
  'fan_outs',
  'errands',
  'schedules',
  'alarms',
  'leases',
  'link_codes',
  'link_attempts',
  'practice_drafts',
  'practice_cards',
  'request_unsent_words',
  'request_shown',
  'request_origins',
]

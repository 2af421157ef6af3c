import type { LocalText } from '#src/core/message.ts'
import { members } from '#src/storage/schema.ts'
import { column, index, table, uniqueIndex } from '#src/storage/table.ts'

export type Kind = 'line' | 'action' | 'adoption' | 'risk'
export type Status = 'green' | 'amber' | 'red'

/** The programme: its lines, actions and risks, each with who answers for it. */
export const programmeItems = table(
  'programme_items',
  {
    /** `L1T`, `A7`, `R3`. */
    id: column.id(),
    kind: column.text().$type<Exclude<Kind, 'adoption'>>().notNull(),
    /** The line of an action. */
    line: column.text(),
    name: column.json<LocalText>().notNull(),
    /** A risk's mitigation. */
    mitigation: column.json<LocalText>(),
    owner: column.text().references(() => members.id),
    position: column.integer().notNull(),
  },
  t => [index('programme_items_owner').on(t.owner)],
)

/** A calendar month under review: `2027-01`. */
export const periods = table('periods', {
  id: column.id(),
  openedAt: column.instant(),
  closesAt: column.instant().notNull(),
  extendedAt: column.instant(),
  closedAt: column.instant(),
})

/** What was answered for one line, action or adoption in one period. */
export const answers = table(
  'checkin_answers',
  {
    id: column.id(),
    period: column
      .text()
      .notNull()
      .references(() => periods.id),
    kind: column.text().$type<Exclude<Kind, 'risk'>>().notNull(),
    item: column.text().notNull(),
    status: column.text().$type<Status>().notNull(),
    done: column.text(),
    next: column.text(),
    blocks: column.text(),
    support: column.boolean().notNull(),
    by: column.text().references(() => members.id),
    at: column.instant().notNull(),
    late: column.boolean().notNull(),
  },
  t => [uniqueIndex('checkin_answers_item').on(t.period, t.kind, t.item), index('checkin_answers_by').on(t.by)],
)

/** How likely a risk is and how much it would hurt, 1 to 5, in one period. */
export const riskReviews = table(
  'risk_reviews',
  {
    id: column.id(),
    period: column
      .text()
      .notNull()
      .references(() => periods.id),
    risk: column
      .text()
      .notNull()
      .references(() => programmeItems.id),
    likelihood: column.integer().notNull(),
    impact: column.integer().notNull(),
    change: column.text(),
    by: column.text().references(() => members.id),
    at: column.instant().notNull(),
    late: column.boolean().notNull(),
  },
  t => [uniqueIndex('risk_reviews_risk').on(t.period, t.risk), index('risk_reviews_by').on(t.by)],
)

/** Who pressed *Salta* for a period: not asked again until the next. */
export const skips = table(
  'checkin_skips',
  {
    id: column.id(),
    period: column
      .text()
      .notNull()
      .references(() => periods.id),
    member: column
      .text()
      .notNull()
      .references(() => members.id),
  },
  t => [uniqueIndex('checkin_skips_pair').on(t.period, t.member)],
)

import type { Hours } from '#src/core/calendar.ts'
import type { Place } from '#src/core/interaction.ts'
import type { LocalText } from '#src/core/message.ts'
import { members, organizations } from '#src/storage/schema.ts'
import { column, index, table, uniqueIndex } from '#src/storage/table.ts'

export type RequestState = 'new' | 'assigned' | 'pending' | 'solved' | 'closed'
/** Who asked, and who answers: a laboratory, or the coordinators where none covers it. */
export type Side = 'requester' | 'laboratory'
/** Words passed on, a question that waits for an answer, what was done, or why something was decided. */
export type MessageKind = 'note' | 'question' | 'outcome' | 'reason'
export type Urgency = 'low' | 'normal' | 'high'

/** Where something about a request was said, so that it can be said differently later. */
export interface Spot {
  /** The outbox key. */
  key: string
  to: Place | { member: string }
}
/** A request's card, and whose it was when it was posted: a laboratory's, or the coordinators'. */
export interface Card extends Spot {
  laboratory: string | null
  /** Its readers look elsewhere now: it is drawn again only where words have to go. */
  left?: true
}

/** How a request stood until it was opened again. */
export interface Ending {
  solvedAt: number | null
  closedAt: number | null
  reopenedAt: number
}

/** What a laboratory covers; an empty list covers everything of its kind. Practices by number, `P-0012`. */
export interface Coverage {
  communities: string[]
  practices: string[]
  events: string[]
}

export const laboratories = table('laboratories', {
  /** Its short name in the kit: `laboratorio-umbria`. */
  id: column.id(),
  name: column.json<LocalText>().notNull(),
  covers: column.json<Coverage>().notNull(),
  hours: column.json<Hours>().notNull(),
  timezone: column.text().notNull(),
  /** The day of its patron saint, `MM-DD`. */
  feast: column.text(),
  /** First human reply, in opening hours, by urgency. */
  targets: column.json<Record<Urgency, number>>().notNull(),
})

/** What can make an administration ask: the five events of the programme, with the services that answer each. */
export const triggerEvents = table('trigger_events', {
  id: column.id(),
  name: column.json<LocalText>().notNull(),
  services: column.json<string[]>().notNull(),
  position: column.integer().notNull(),
})
export const services = table('services', {
  id: column.id(),
  name: column.json<LocalText>().notNull(),
  position: column.integer().notNull(),
})

export const requests = table(
  'requests',
  {
    id: column.id(),
    /** `R-2027-0001`. */
    number: column.text().notNull(),
    practice: column.text(),
    community: column.text(),
    organization: column.text().references(() => organizations.id),
    requester: column.text().references(() => members.id),
    event: column.text().notNull(),
    need: column.text().notNull(),
    urgency: column.text().$type<Urgency>().notNull(),
    file: column.text(),
    /** Empty when none covers it: then it is the coordinators'. */
    laboratory: column.text().references(() => laboratories.id),
    assignee: column.text().references(() => members.id),
    state: column.text().$type<RequestState>().notNull(),
    openedAt: column.instant().notNull(),
    /** First human reply of the laboratory's side. */
    answeredAt: column.instant(),
    /** Opening hours for the first reply, and when they are over. */
    target: column.real().notNull(),
    dueAt: column.instant().notNull(),
    /** When the laboratory's next words are due; empty while it owes none. */
    replyDueAt: column.instant(),
    /** The clock stops while the requester is waited for: since when, and open hours left at that moment. */
    pendingSince: column.instant(),
    hoursLeft: column.real(),
    solvedAt: column.instant(),
    closedAt: column.instant(),
    /** Those that were taken back, the oldest first: what a month's figures said of it stays true. */
    endings: column.json<Ending[]>().notNull().default([]),
    /** What was done, or why it was cancelled. */
    outcome: column.text(),
    cancelled: column.boolean().notNull().default(false),
    services: column.json<string[]>().notNull(),
    rating: column.integer(),
    comment: column.text(),
    cards: column.json<Card[]>().notNull(),
    /** Counts the changes: what is said of each has its own key. */
    version: column.integer().notNull(),
  },
  t => [
    uniqueIndex('requests_number').on(t.number),
    index('requests_laboratory').on(t.laboratory, t.state),
    index('requests_requester').on(t.requester, t.state),
    index('requests_state').on(t.state, t.openedAt),
    index('requests_closed').on(t.closedAt),
  ],
)

/** What either side wrote, so that an operator who comes later finds it. */
export const requestMessages = table(
  'request_messages',
  {
    id: column.id(),
    request: column
      .text()
      .notNull()
      .references(() => requests.id),
    author: column.text(),
    side: column.text().$type<Side>().notNull(),
    kind: column.text().$type<MessageKind>().notNull(),
    text: column.text().notNull(),
    file: column.text(),
    at: column.instant().notNull(),
    /** Where it was repeated. */
    posted: column.json<Spot[]>().notNull(),
  },
  t => [index('request_messages_request').on(t.request, t.at), index('request_messages_author').on(t.author)],
)

/** The event that words came with, so that they go when it is taken back. */
export const requestOrigins = table(
  'request_origins',
  {
    id: column.id(),
    request: column
      .text()
      .notNull()
      .references(() => requests.id),
    /** The row of what was written; empty where it is the need itself. */
    words: column.text(),
  },
  t => [index('request_origins_request').on(t.request)],
)

/** What somebody wrote to the bot and may want sent to a request: kept until she says so, or for a few days. */
export const unsentWords = table(
  'request_unsent_words',
  {
    id: column.id(),
    author: column
      .text()
      .notNull()
      .references(() => members.id),
    text: column.text().notNull(),
    file: column.text(),
    at: column.instant().notNull(),
  },
  t => [index('request_unsent_words_author').on(t.author)],
)

/** Where a request was shown to one person who asked for it; the outbox key of that reply is the id. */
export const shownRequests = table(
  'request_shown',
  {
    id: column.id(),
    request: column
      .text()
      .notNull()
      .references(() => requests.id),
    member: column
      .text()
      .notNull()
      .references(() => members.id),
    place: column.json<Place>().notNull(),
  },
  t => [index('request_shown_request').on(t.request), index('request_shown_member').on(t.member)],
)

import type { Role } from '#src/core/feature.ts'
import type { Member } from '#src/core/interaction.ts'
import type { Intake } from '#src/core/platform.ts'
import type { Presence } from '#src/platforms/presence.ts'
import type { History } from './history.ts'
import type { Marks } from './marks.ts'
import type { News } from './news.ts'
import type { Pending } from './pending.ts'

/** Somebody whom the visitor can speak as. */
export interface Person extends Member {
  account: string
  roles: readonly Role[]
  organization?: string
}
/** A shared place by its native id, `#suape`. */
export interface Room {
  id: string
  name: string
}
/** Something to try, and whether it has happened. */
export interface Step {
  name: string
  done: boolean
  /** Who can do it: the first with this role. Empty when nobody in particular does. */
  by?: Role
}
/** One of the bot's jobs, as a newcomer meets it. */
export interface Job {
  name: string
  steps: readonly Step[]
}

/** What the page needs of the bot it belongs to. */
export interface Workspace {
  intake: Intake
  history: History
  presence: Presence
  marks: Marks
  news: News
  pending: Pending
  people(): Promise<readonly Person[]>
  rooms(): Promise<readonly Room[]>
  jobs(): Promise<readonly Job[]>
  time: Time
  /** Everything due by now is done, or it goes on behind. */
  settle(): Promise<void>
  /** In bytes. */
  largestFile: number
  locales: readonly string[]
  /** The page's language and time where nothing tells better. */
  home: { locale: string; timezone: string }
}
export interface Time {
  now(): Temporal.Instant
  /** When something falls due next. */
  next(): Promise<Temporal.Instant | undefined>
  /** Moves on, running everything that falls due on the way, in order. */
  moveTo(at: Temporal.Instant): Promise<void>
  /** Moves on until somebody hears something. */
  toNextEvent(): Promise<void>
}

export const WORKSPACE = 'local'
export const DIRECT = 'dm'
export const directId = (account: string): string => `dm:${account}`

import type { Calendar, Hours } from '#src/core/calendar.ts'
import type { Urgency } from './schema.ts'

/** Whoever owes a reply: when they are there, and how many opening hours each urgency leaves them. */
export interface Desk {
  hours: Hours
  timezone: string
  feast: string | null
  targets: Record<Urgency, number>
}

/** The coordinators, who have no opening hours in the kit: office days, in the programme's zone. */
export const coordinatorsDesk = (home: { timezone: string; feast?: string }): Desk => ({
  hours: {
    days: [1, 2, 3, 4, 5],
    spans: [
      ['09:00', '13:00'],
      ['14:00', '18:00'],
    ],
  },
  timezone: home.timezone,
  feast: home.feast ?? null,
  targets: { low: 24, normal: 16, high: 8 },
})

/** The clock of a request; instants in epoch milliseconds. */
export interface Clock {
  target: number
  replyDueAt: number | null
  hoursLeft: number | null
}

const at = (epoch: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(epoch)

const after = (calendar: Calendar, desk: Desk, from: Temporal.Instant, hours: number): number =>
  calendar.addOpenHours(from, hours, desk.hours, desk.timezone, desk.feast ?? undefined).epochMilliseconds

/** From now, the whole target. */
export const started = (calendar: Calendar, desk: Desk, target: number, now: Temporal.Instant): Clock => ({
  target,
  replyDueAt: after(calendar, desk, now, target),
  hoursLeft: null,
})

const kept = ({ target, replyDueAt, hoursLeft }: Clock): Clock => ({ target, replyDueAt, hoursLeft })

/** Somebody is waited for: what is left is kept. A clock that does not run stays as it is. */
export function paused(calendar: Calendar, desk: Desk, clock: Clock, now: Temporal.Instant): Clock {
  if (clock.replyDueAt === null) return kept(clock)
  const due = at(clock.replyDueAt)
  const hoursLeft = calendar.openHoursBetween(now, due, desk.hours, desk.timezone, desk.feast ?? undefined)
  return { target: clock.target, replyDueAt: null, hoursLeft }
}

/** Goes on with what was left; with nothing left it starts over: the reply that came deserves its own time. */
export const resumed = (calendar: Calendar, desk: Desk, clock: Clock, now: Temporal.Instant): Clock =>
  clock.hoursLeft === null
    ? kept(clock)
    : { ...started(calendar, desk, clock.hoursLeft || clock.target, now), target: clock.target }

/** The laboratory has spoken, or nothing is owed any more. */
export const stopped = ({ target }: Clock): Clock => ({ target, replyDueAt: null, hoursLeft: null })

/** When the coordinators hear of it: at one and a half times the target. */
export const escalation = (calendar: Calendar, desk: Desk, { target, replyDueAt }: Clock): number | undefined =>
  replyDueAt === null ? undefined : after(calendar, desk, at(replyDueAt), target / 2)

/** Opening hours until a reply is due; below zero when it is late by as many. */
export function hoursTo(calendar: Calendar, desk: Desk, due: number, now: Temporal.Instant): number {
  const between = (from: Temporal.Instant, to: Temporal.Instant): number =>
    calendar.openHoursBetween(from, to, desk.hours, desk.timezone, desk.feast ?? undefined)
  return due >= now.epochMilliseconds ? between(now, at(due)) : -between(at(due), now)
}

import type { World } from '#src/core/feature.ts'
import { type Programme, programme } from '#src/storage/settings.ts'
import { monthBefore, monthStart } from './rules.ts'
import { type Period, periods } from './store.ts'

const later = (month: string, months: number): string => Temporal.PlainYearMonth.from(month).add({ months }).toString()

/** The month after the next: until then answers are collected. */
export const collectedUntil = (month: string, zone: string): Temporal.Instant => monthStart(later(month, 2), zone)

/**
 * When the check-in of a month closes unless somebody moves it: at the first run of the job `close` in the month after it.
 * Undefined where the kit's own rule has none there.
 */
export async function closing(
  month: string,
  { timezone }: Programme,
  world: World,
): Promise<Temporal.Instant | undefined> {
  const before = monthStart(later(month, 1), timezone).subtract({ milliseconds: 1 })
  const at = await world.nextRun('checkins.close', before)
  return Temporal.Instant.compare(at, collectedUntil(month, timezone)) < 0 ? at : undefined
}

/** When answers are due, or were. */
export async function dueAt(period: Period, home: Programme, world: World): Promise<Temporal.Instant | undefined> {
  const settled = period.closedAt !== null || period.extendedAt !== null
  return settled ? Temporal.Instant.fromEpochMilliseconds(period.closesAt) : closing(period.id, home, world)
}

/** A month, and when its check-in opens by itself. */
export interface Opening {
  month: string
  at: Temporal.Instant
}

/** When a check-in opens next by itself for somebody in a zone: one that was opened early does not open again. */
export async function nextOpening(zone: string, world: World): Promise<Opening> {
  const newest = (await periods(world.tx)).at(-1)?.id ?? ''
  let at = await world.nextRun('checkins.open', world.now, zone)
  while (monthBefore(at, zone) <= newest) at = await world.nextRun('checkins.open', at, zone)
  return { month: monthBefore(at, zone), at }
}

/** The month whose check-in a coordinator starts now. */
export async function toStart(known: readonly Period[], world: World): Promise<string | undefined> {
  const home = await programme(world.tx)
  const last = monthBefore(world.now, home.timezone)
  const closes = await closing(last, home, world)
  const answerable = closes === undefined || Temporal.Instant.compare(world.now, closes) < 0
  const newest = known.at(-1)?.id ?? ''
  return [...(answerable ? [last] : []), later(last, 1)].find(month => month > newest)
}

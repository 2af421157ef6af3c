import { and, asc, count, eq, gt, inArray, isNotNull, min, or, type SQL } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import { queries } from '#src/storage/database.ts'
import { madeAt } from '#src/storage/ids.ts'
import { outbox } from './schema.ts'

/** How a message that has not arrived stands: it waits, is with its platform now, or was given up. */
export const standings = ['waiting', 'sending', 'dead'] as const
export type Standing = (typeof standings)[number]

/** A message that has not arrived, without its words; instants in epoch milliseconds. */
export interface Undelivered {
  key: string
  status: Standing
  /** Where it goes: a place, or a member's direct conversation. */
  place: Place | null
  member: string | null
  madeAt: number
  dueAt: number
  attempts: number
  failure: string | null
}
/** Of which ones: by their standing, and by the queues they stand in. */
export interface Selection {
  standing?: Standing | undefined
  queues?: readonly string[] | undefined
}

/** What is held waits too, for its hour, and what is stopped for whoever stopped it. */
const statuses = { waiting: ['waiting', 'held', 'stopped'], sending: ['sending'], dead: ['dead'] } as const
const standingOf = (status: string): Standing | undefined =>
  standings.find(each => statuses[each].some(known => known === status))

const selected = ({ standing, queues }: Selection): SQL | undefined =>
  and(
    inArray(
      outbox.status,
      (standing ? [standing] : standings).flatMap(each => statuses[each]),
    ),
    queues ? inArray(outbox.queue, [...queues]) : undefined,
  )

/** What has not arrived, oldest first. */
export async function undelivered(tx: Tx, which: Selection, most: number): Promise<Undelivered[]> {
  const { id, key, status, place, member, dueAt, attempts, failure } = outbox
  const rows = await queries(tx)
    .select({ id, key, status, place, member, dueAt, attempts, failure })
    .from(outbox)
    .where(selected(which))
    .orderBy(asc(outbox.id))
    .limit(most)
  return rows.flatMap(({ id, status, ...rest }) => {
    const standing = standingOf(status)
    return standing ? [{ ...rest, status: standing, madeAt: madeAt(id) }] : []
  })
}

/** How many stand in each way. */
export async function howMany(tx: Tx, which: Selection): Promise<Record<Standing, number>> {
  const rows = await queries(tx)
    .select({ status: outbox.status, count: count() })
    .from(outbox)
    .where(selected(which))
    .groupBy(outbox.status)
  const of = (standing: Standing): number =>
    rows.reduce((sum, { status, count }) => sum + (standingOf(status) === standing ? count : 0), 0)
  return { waiting: of('waiting'), sending: of('sending'), dead: of('dead') }
}

/** Whether anything was tried and has not arrived. */
export async function isAnyTriedInVain(tx: Tx): Promise<boolean> {
  const tried = and(inArray(outbox.status, ['waiting', 'sending']), gt(outbox.attempts, 0))
  return (await queries(tx).select({ id: outbox.id }).from(outbox).where(tried).limit(1)).length > 0
}

/** How many stand where, and since when the oldest should be out; `platform` is `direct` where a person is written to. */
export interface Standings {
  platform: string
  status: Standing
  count: number
  /** In epoch milliseconds. */
  oldest: number
}
export async function standingsBy(tx: Tx): Promise<Standings[]> {
  const rows = await queries(tx)
    .select({ queue: outbox.queue, status: outbox.status, count: count(), oldest: min(outbox.dueAt) })
    .from(outbox)
    .where(selected({}))
    .groupBy(outbox.queue, outbox.status)
  const named = rows.flatMap(({ queue, status, count, oldest }) => {
    const [platform = ''] = queue.split(':')
    const known = standingOf(status)
    return known
      ? [{ platform: platform === 'member' ? 'direct' : platform, status: known, count, oldest: oldest ?? 0 }]
      : []
  })
  return [...Map.groupBy(named, ({ platform, status }) => `${platform} ${status}`).values()].flatMap(together)
}

function together([first, ...rest]: Standings[]): Standings[] {
  if (!first) return []
  const count = rest.reduce((sum, each) => sum + each.count, first.count)
  return [{ ...first, count, oldest: Math.min(first.oldest, ...rest.map(({ oldest }) => oldest)) }]
}

/** By their keys, or all that were given up. */
export type Which = readonly string[] | 'dead'
const chosen = (which: Which): SQL | undefined =>
  which === 'dead' ? eq(outbox.status, 'dead') : inArray(outbox.key, [...which])

/**
 * Makes what was given up try again, and what waits for its next attempt go at once. Each change is conditional: what the
 * bot moved meanwhile stays as it is. Returns the keys of what was changed.
 */
export async function retry(tx: Tx, which: Which, now: Temporal.Instant): Promise<string[]> {
  const dueAt = now.epochMilliseconds
  const given = queries(tx)
    .update(outbox)
    .set({ status: 'waiting', dueAt, attempts: 0, failure: null })
    .where(and(chosen(which), eq(outbox.status, 'dead'), isNotNull(outbox.message)))
  const again = queries(tx)
    .update(outbox)
    .set({ dueAt })
    .where(and(chosen(which), setBack(dueAt)))
  const changed = [...(await given.returning({ key: outbox.key })), ...(await again.returning({ key: outbox.key }))]
  return changed.map(({ key }) => key)
}

/** Gives up what has not arrived, for good, and forgets its words; not what is with its platform for the first time. */
export async function drop(tx: Tx, which: Which): Promise<string[]> {
  const inVain = and(eq(outbox.status, 'sending'), isNotNull(outbox.failure))
  const dropped = await queries(tx)
    .update(outbox)
    .set({ status: 'dropped', message: null })
    .where(and(chosen(which), or(inArray(outbox.status, ['held', 'stopped', 'waiting', 'dead']), inVain)))
    .returning({ key: outbox.key })
  return dropped.map(({ key }) => key)
}

/** It was tried, and waits for its next attempt. */
const setBack = (now: number): SQL | undefined =>
  and(inArray(outbox.status, ['waiting', 'sending']), isNotNull(outbox.failure), gt(outbox.dueAt, now))

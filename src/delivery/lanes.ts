import { and, asc, eq, inArray, isNotNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { type Queries, queries } from '#src/storage/database.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import type { Letter } from './letters.ts'
import { hushed, LANES, type Lane, outbox, unsent } from './schema.ts'

/** So many letters are let go at a time, when their hour has come. */
const PAGE = 500

const some = (where: SQL | undefined) => sql`exists(select 1 from ${outbox} where ${where})`.mapWith(Boolean)
const due = and(eq(outbox.status, 'held'), lte(outbox.dueAt, given('now')))
const looking = prepared(on =>
  on
    .select({
      due: some(due),
      answer: some(sql`${unsent} and lane = ${LANES.answer}`),
      bulk: some(sql`${unsent} and lane = ${LANES.bulk}`),
    })
    .from(sql`(select 1 as one) as here`),
)
/** Whether something that was held is due, and whether there is something in each lane: most often there is little. */
export async function glance(tx: Tx, now: Temporal.Instant): Promise<{ due: boolean; lanes: Lane[] }> {
  const [row] = await looking(tx).execute({ now: now.epochMilliseconds })
  const lanes = [...(row?.answer ? [LANES.answer] : []), ...(row?.bulk ? [LANES.bulk] : [])]
  return { due: row?.due === true, lanes }
}

const held = prepared(on =>
  on.select({ id: outbox.id }).from(outbox).where(due).orderBy(asc(outbox.dueAt), asc(outbox.id)).limit(PAGE),
)
/** What was held until now may go. True when there was more than a page of it. */
export async function releaseHeld(tx: Tx, now: Temporal.Instant): Promise<boolean> {
  const released = await held(tx).execute({ now: now.epochMilliseconds })
  if (released.length === 0) return false
  const ids = released.map(({ id }) => id)
  await queries(tx)
    .update(outbox)
    .set({ status: 'waiting' })
    .where(and(inArray(outbox.id, ids), eq(outbox.status, 'held')))
  return released.length === PAGE
}

const firstHeld = prepared(on =>
  on.select({ at: outbox.dueAt }).from(outbox).where(eq(outbox.status, 'held')).orderBy(asc(outbox.dueAt)).limit(1),
)
/** When the next letter that is held may go. */
export async function nextHeldAt(tx: Tx): Promise<number | undefined> {
  const [row] = await firstHeld(tx).execute()
  return row?.at
}

const earlierHushed = prepared(on =>
  on
    .select()
    .from(outbox)
    .where(
      and(hushed, eq(outbox.lane, sql`${given('lane')}`), eq(outbox.queue, given('queue')), lt(outbox.id, given('id'))),
    )
    .orderBy(asc(outbox.id))
    .limit(1),
)
/** The first letter before this one in its lane that was held because of quiet hours. */
export async function hushedBefore(tx: Tx, { lane, queue, id }: Letter): Promise<Letter | undefined> {
  const [letter] = await earlierHushed(tx).execute({ lane, queue, id })
  return letter
}

/** What is not out yet, in the order in which it was decided. */
export const earliest = async (tx: Tx, most: number): Promise<Letter[]> =>
  queries(tx).select().from(outbox).where(unsent).orderBy(asc(outbox.id)).limit(most)

/** A queue, and the letter that is first in one of its lanes. */
export interface Head {
  queue: string
  id: string
}
/**
 * The heads of a lane, for the `most` queues that come after `after` by name. Each is found by two steps into the index:
 * neither the length of a queue nor the number of all queues matters.
 */
export const heads = async (tx: Tx, lane: Lane, after: string, most: number): Promise<Head[]> =>
  first(tx).execute({ lane, after, most })

/** The query itself, for those who ask how it is run. */
export const headsQuery = (on: Queries) =>
  on.select({ queue: sql<string>`name`, id: sql<string>`id` }).from(
    sql`(with recursive seek(name) as (
        select min(queue) from outbox where ${unsent} and lane = ${given('lane')} and queue > ${given('after')}
        union all
        select (select min(queue) from outbox where ${unsent} and lane = ${given('lane')} and queue > seek.name)
        from seek where seek.name is not null
      )
      select name, (select min(id) from outbox where ${unsent} and lane = ${given('lane')} and queue = seek.name) as id
      from seek where name is not null limit ${given('most')}) as heads`,
  )
const first = prepared(headsQuery)

const named = prepared(on =>
  on
    .select()
    .from(outbox)
    .where(eq(outbox.id, given('id'))),
)
export async function lettersWithIds(tx: Tx, ids: readonly string[]): Promise<Letter[]> {
  const [id, ...others] = ids
  if (id === undefined) return []
  // Most often there is one.
  if (others.length === 0) return named(tx).execute({ id })
  return queries(tx)
    .select()
    .from(outbox)
    .where(inArray(outbox.id, [...ids]))
}

/** Queues in which a letter that was tried in vain is due again: its time has come, or somebody asked for it. */
export async function askedFor(tx: Tx, now: Temporal.Instant): Promise<string[]> {
  const due = and(unsent, isNotNull(outbox.failure), lte(outbox.dueAt, now.epochMilliseconds))
  return (await queries(tx).selectDistinct({ queue: outbox.queue }).from(outbox).where(due)).map(({ queue }) => queue)
}

import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import type { Offered } from '#src/core/ports.ts'
import { queries } from '#src/storage/database.ts'
import { madeAt } from '#src/storage/ids.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { LANES, outbox, unsent } from './schema.ts'

export type Letter = typeof outbox.$inferSelect
export type Change = Partial<typeof outbox.$inferInsert>

/** How the keys of the messages begin that tell how far a fan-out is. */
export const PROGRESS = 'fan-out:'

/** A place as one word. */
export const spotOf = ({ platform, workspace, id }: Pick<Place, 'platform' | 'workspace' | 'id'>): string =>
  `${platform}:${workspace}:${id}`

/** Neither out, nor given up. */
export const isUnsent = ({ status }: Pick<Letter, 'status'>): boolean =>
  status === 'held' || status === 'stopped' || status === 'waiting' || status === 'sending'

export async function changeLetter(tx: Tx, id: string, change: Change): Promise<void> {
  await queries(tx).update(outbox).set(change).where(eq(outbox.id, id))
}
const byKey = prepared(on =>
  on
    .select()
    .from(outbox)
    .where(eq(outbox.key, given('key'))),
)
export async function letterWithKey(tx: Tx, key: string): Promise<Letter | undefined> {
  const [row] = await byKey(tx).execute({ key })
  return row
}

/** What becomes of a letter that is not out; one that was dropped meanwhile stays dropped. */
export async function changeUnsent(tx: Tx, id: string, change: Change): Promise<void> {
  await queries(tx)
    .update(outbox)
    .set(change)
    .where(and(eq(outbox.id, id), inArray(outbox.status, ['held', 'stopped', 'waiting', 'sending'])))
}

const sent = prepared(on =>
  on
    .update(outbox)
    .set({
      status: 'sent',
      sentTo: sql`${given('sentTo')}`,
      spot: sql`${given('spot')}`,
      ref: sql`${given('ref')}`,
      sentAt: sql`${given('sentAt')}`,
      message: null,
      failure: null,
    })
    // Of one whose reader was forgotten meanwhile, nothing is written down again.
    .where(and(eq(outbox.id, given('id')), ne(outbox.queue, ''))),
)
/** Sent: the words are dropped, what a later press or edit needs stays; an edit hands its choices, and where it stands, to the original. */
export async function markSent(tx: Tx, letter: Letter, to: Place, ref: string, now: Temporal.Instant): Promise<void> {
  const where = { sentTo: JSON.stringify(to), spot: spotOf(to), ref, sentAt: now.epochMilliseconds }
  await sent(tx).execute({ id: letter.id, ...where })
  if (!letter.instead) return
  await queries(tx).update(outbox).set({ choices: letter.choices, ref }).where(eq(outbox.key, letter.instead))
  // An earlier edit that is still in doubt must not take its place.
  await queries(tx)
    .update(outbox)
    .set({ status: 'dropped', message: null })
    .where(and(eq(outbox.instead, letter.instead), lt(outbox.id, letter.id), unsent))
}

/**
 * What is not out yet: how many letters, since how many seconds the oldest that should be is waiting, how often one was
 * tried. A long queue that moves is no reason to worry: only answers, and what was tried in vain, should be out by now.
 */
export async function overdue(
  tx: Tx,
  now: Temporal.Instant,
): Promise<{ waiting: number; age: number; attempts: number }> {
  const [all] = await queries(tx)
    .select({ waiting: sql<number>`count(*)`.mapWith(Number), attempts: sql`max(attempts)`.mapWith(Number) })
    .from(outbox)
    .where(unsent)
  const [oldest] = await queries(tx)
    .select({ id: sql<string | null>`min(id)` })
    .from(outbox)
    .where(and(unsent, or(eq(outbox.lane, LANES.answer), sql`attempts > 1`)))
  const since = oldest?.id ? madeAt(oldest.id) : now.epochMilliseconds
  return {
    waiting: all?.waiting ?? 0,
    age: Math.max(0, Math.floor((now.epochMilliseconds - since) / 1000)),
    attempts: all?.attempts ?? 0,
  }
}

/** The choices of a message, by its key; of the latest with any in a place, without. */
export async function offered(tx: Tx, place: Place, key?: string): Promise<Offered | undefined> {
  if (key) {
    const letter = await letterWithKey(tx, key)
    return letter && { key, choices: letter.choices }
  }
  const sent = await queries(tx)
    .select()
    .from(outbox)
    .where(and(eq(outbox.spot, spotOf(place)), eq(outbox.status, 'sent'), isNotNull(outbox.ref)))
    .orderBy(desc(outbox.id))
    .limit(30)
  // How far a fan-out is changes by itself: a number that she types is not meant for what she has not just been told.
  const at = sent.findIndex(({ choices, instead }) => choices.length > 0 && !instead?.startsWith(PROGRESS))
  const latest = sent[at]
  const isLast = sent.slice(0, at).every(({ instead }) => instead !== null)
  return latest && { key: latest.instead ?? latest.key, choices: latest.choices, isLast }
}

/** The key of what was posted, by the platform's own reference to it. */
export async function letterAt(
  tx: Tx,
  { platform, workspace }: Pick<Place, 'platform' | 'workspace'>,
  ref: string,
): Promise<string | undefined> {
  const sent = await queries(tx)
    .select({ key: outbox.key, place: outbox.sentTo })
    .from(outbox)
    .where(and(eq(outbox.ref, ref), isNull(outbox.instead)))
    .orderBy(asc(outbox.id))
  return sent.find(({ place }) => place?.platform === platform && place.workspace === workspace)?.key
}

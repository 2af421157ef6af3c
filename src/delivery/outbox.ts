import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, ne, or } from 'drizzle-orm'
import type { Outbox, Post, Tx } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import { type Choice, offers } from '#src/core/message.ts'
import type { Cause } from '#src/core/ports.ts'
import { queries } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { outbox } from './schema.ts'

export type Letter = typeof outbox.$inferSelect

/** A place as one word. */
export const spotOf = ({ platform, workspace, id }: Pick<Place, 'platform' | 'workspace' | 'id'>): string =>
  `${platform}:${workspace}:${id}`

/** The outbox of one transaction: what is put in goes out if, and only if, the transaction commits. */
export const outboxIn = (tx: Tx, cause: Cause, now: Temporal.Instant): Outbox => ({
  enqueue: async post => {
    const letter = written(post, cause, now)
    if (post.instead) await edit(tx, post.instead, letter)
    else await queries(tx).insert(outbox).values(letter).onConflictDoNothing()
  },
  release: async (member, pausedUntil) => {
    const held = and(eq(outbox.member, member), eq(outbox.unasked, true), eq(outbox.status, 'waiting'))
    const until = eq(outbox.dueAt, pausedUntil.epochMilliseconds)
    await queries(tx).update(outbox).set({ dueAt: now.epochMilliseconds }).where(and(held, until))
  },
})

function written(post: Post, cause: Cause, now: Temporal.Instant): typeof outbox.$inferInsert {
  const toMember = 'member' in post.to ? post.to.member : null
  return {
    id: newId(),
    key: post.key,
    place: 'member' in post.to ? null : post.to,
    member: toMember,
    queue: 'member' in post.to ? `member:${toMember}` : spotOf(post.to),
    message: post.message,
    choices: offers(post.message),
    instead: post.instead ?? null,
    under: post.under ?? null,
    onlyFor: post.onlyFor ?? null,
    unasked: post.unasked !== undefined,
    until: post.unasked?.until?.epochMilliseconds ?? null,
    cause: cause.event ?? null,
    author: cause.author ?? null,
    status: 'waiting',
    dueAt: Math.max(now.epochMilliseconds, post.notBefore?.epochMilliseconds ?? 0),
    attempts: 0,
  }
}

// An edit of what has not gone out yet changes the letter; edits that wait together collapse into the last.
async function edit(tx: Tx, instead: string, letter: typeof outbox.$inferInsert): Promise<void> {
  const { message, choices, author } = letter
  const unsent = and(eq(outbox.key, instead), eq(outbox.status, 'waiting'), eq(outbox.attempts, 0))
  const changed = await queries(tx)
    .update(outbox)
    .set({ message, choices, author })
    .where(unsent)
    .returning({ id: outbox.id })
  if (changed.length > 0) return
  const [original] = await queries(tx).select().from(outbox).where(eq(outbox.key, instead))
  if (!original || original.status === 'dropped' || original.status === 'dead') return
  const earlier = and(eq(outbox.instead, instead), eq(outbox.status, 'waiting'), ne(outbox.key, letter.key))
  await queries(tx).delete(outbox).where(earlier)
  const { queue, place, member, under, onlyFor } = original
  await queries(tx)
    .insert(outbox)
    .values({ ...letter, queue, place, member, under, onlyFor })
    .onConflictDoNothing()
}

/** What can go out now, oldest first. A letter that is being tried again holds back those behind it in its queue. */
export async function dueLetters(tx: Tx, now: Temporal.Instant, most = 50): Promise<Letter[]> {
  const ready = await queries(tx)
    .select()
    .from(outbox)
    .where(
      and(or(eq(outbox.status, 'waiting'), eq(outbox.status, 'sending')), lte(outbox.dueAt, now.epochMilliseconds)),
    )
    .orderBy(asc(outbox.id))
    .limit(most)
  const held = await queries(tx)
    .select({ queue: outbox.queue, id: outbox.id })
    .from(outbox)
    .where(
      and(
        inArray(outbox.status, ['waiting', 'sending']),
        gt(outbox.attempts, 0),
        gt(outbox.dueAt, now.epochMilliseconds),
      ),
    )
  return ready.filter(letter => !held.some(({ queue, id }) => queue === letter.queue && id < letter.id))
}

/** When the next letter that waits for its time may go. */
export async function nextLetterAt(tx: Tx): Promise<number | undefined> {
  const [row] = await queries(tx)
    .select({ at: outbox.dueAt })
    .from(outbox)
    .where(inArray(outbox.status, ['waiting', 'sending']))
    .orderBy(asc(outbox.dueAt))
    .limit(1)
  return row?.at
}

/** What is not out yet and was due or tried: how many, since how many seconds the oldest is due, how often one was tried. */
export async function overdue(
  tx: Tx,
  now: Temporal.Instant,
): Promise<{ waiting: number; age: number; attempts: number }> {
  const unsent = or(eq(outbox.status, 'waiting'), eq(outbox.status, 'sending'))
  const known = await queries(tx)
    .select({ at: outbox.dueAt, attempts: outbox.attempts })
    .from(outbox)
    .where(and(unsent, or(lte(outbox.dueAt, now.epochMilliseconds), gt(outbox.attempts, 0))))
  const oldest = Math.min(now.epochMilliseconds, ...known.map(({ at }) => at))
  return {
    waiting: known.length,
    age: Math.floor((now.epochMilliseconds - oldest) / 1000),
    attempts: Math.max(0, ...known.map(({ attempts }) => attempts)),
  }
}

export async function changeLetter(tx: Tx, id: string, change: Partial<typeof outbox.$inferInsert>): Promise<void> {
  await queries(tx).update(outbox).set(change).where(eq(outbox.id, id))
}
export async function letterWithKey(tx: Tx, key: string): Promise<Letter | undefined> {
  const [row] = await queries(tx).select().from(outbox).where(eq(outbox.key, key))
  return row
}

/** Sent: the words are dropped, what a later press or edit needs stays; an edit hands its choices to the original. */
export async function markSent(tx: Tx, letter: Letter, to: Place, ref: string, now: Temporal.Instant): Promise<void> {
  await changeLetter(tx, letter.id, {
    status: 'sent',
    sentTo: to,
    spot: spotOf(to),
    ref,
    sentAt: now.epochMilliseconds,
    message: null,
    failure: null,
  })
  if (letter.instead)
    await queries(tx).update(outbox).set({ choices: letter.choices }).where(eq(outbox.key, letter.instead))
}

/** The choices of a message, by its key; of the latest with any in a place, without. */
export async function offered(
  tx: Tx,
  place: Place,
  key?: string,
): Promise<{ key: string; choices: Choice[] } | undefined> {
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
  const latest = sent.find(({ choices }) => choices.length > 0)
  return latest && { key: latest.instead ?? latest.key, choices: latest.choices }
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

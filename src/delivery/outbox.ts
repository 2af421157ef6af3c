import { and, eq, inArray, ne, or, type SQL } from 'drizzle-orm'
import type { Outbox, Post, Tx } from '#src/core/feature.ts'
import { offers } from '#src/core/message.ts'
import type { Cause } from '#src/core/ports.ts'
import { queries } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { inserting } from '#src/storage/inserting.ts'
import { beginFanOut, LONG } from './fan-outs/store.ts'
import { isUnsent, letterWithKey, spotOf } from './letters.ts'
import { LANES, outbox } from './schema.ts'

type NewLetter = typeof outbox.$inferInsert

const putting = inserting(outbox, 'stays')

/** An outbox, and to whom it says what can wait for the end of quiet hours. */
type Box = Omit<Outbox, 'waitsUntil'> & { unhurried: Post['to'][] }

/** The outbox of one transaction: what is put in goes out if, and only if, the transaction commits. */
export function outboxIn(tx: Tx, cause: Cause, now: Temporal.Instant): Box {
  const unhurried: Post['to'][] = []
  let toOthers = 0
  return {
    unhurried,
    enqueue: async post => {
      const letter = written(post, cause, now)
      if (post.instead) return edit(tx, post.instead, letter)
      const lane = post.under ? await laneBehind(tx, post.under, letter) : letter.lane
      await putting(tx, { ...letter, lane })
      if (!letter.atOnce && letter.status === 'waiting') unhurried.push(post.to)
      if (letter.fanOut) toOthers += 1
      if (letter.fanOut && cause.author && toOthers === LONG + 1) await beginFanOut(tx, letter.fanOut, cause.author)
    },
    recall: key => recall(tx, key),
    isUnread: key => isUnread(tx, key),
    release: (member, pausedUntil) => release(tx, member, pausedUntil, now),
  }
}

async function release(tx: Tx, member: string, pausedUntil: Temporal.Instant, now: Temporal.Instant): Promise<void> {
  const held = and(eq(outbox.member, member), eq(outbox.unasked, true), eq(outbox.status, 'held'))
  const until = eq(outbox.dueAt, pausedUntil.epochMilliseconds)
  await queries(tx).update(outbox).set({ dueAt: now.epochMilliseconds }).where(and(held, until))
}

function written(post: Post, cause: Cause, now: Temporal.Instant): NewLetter {
  const toMember = 'member' in post.to ? post.to.member : null
  const due = Math.max(now.epochMilliseconds, post.notBefore?.epochMilliseconds ?? 0)
  const answer = post.answer === true || (!post.unasked && isForWhoActed(post, cause))
  return {
    id: newId(),
    key: post.key,
    place: 'member' in post.to ? null : post.to,
    member: toMember,
    queue: queueOf(post, cause),
    lane: answer ? LANES.answer : LANES.bulk,
    message: post.message,
    choices: offers(post.message),
    instead: post.instead ?? null,
    under: post.under ?? null,
    onlyFor: post.onlyFor ?? null,
    unasked: post.unasked !== undefined,
    until: post.unasked?.until?.epochMilliseconds ?? null,
    atOnce: answer || post.atOnce === true,
    fanOut: !answer && cause.author ? (cause.event ?? null) : null,
    cause: cause.event ?? null,
    author: cause.author ?? null,
    status: due > now.epochMilliseconds ? 'held' : 'waiting',
    dueAt: due,
    attempts: 0,
  }
}

const isForWhoActed = ({ to, onlyFor }: Post, { author }: Cause): boolean =>
  author !== undefined && ('member' in to ? to.member === author : to.direct || onlyFor === author)

/** A direct conversation is the queue of whoever acted there, as is what she alone sees: all she is told keeps its order. */
const queueOf = ({ to, onlyFor }: Post, { author }: Cause): string => {
  if ('member' in to) return `member:${to.member}`
  const reader = onlyFor ?? (to.direct ? author : undefined)
  return reader ? `member:${reader}` : spotOf(to)
}

/** What stands under a message, or changes it, must not overtake it: while that is not out, it queues behind it. */
const laneBehind = async (tx: Tx, key: string, { lane }: NewLetter): Promise<NewLetter['lane']> => {
  const before = await letterWithKey(tx, key)
  return before && isUnsent(before) ? before.lane : lane
}

const waits = inArray(outbox.status, ['held', 'stopped', 'waiting'])
/** Nobody can have seen it yet. */
const untried = and(waits, eq(outbox.attempts, 0))
/** The same, and what was given up: tried again when somebody asks for that, it has to say what is true. */
const unseen = or(untried, eq(outbox.status, 'dead'))

const isUnread = async (tx: Tx, key: string): Promise<boolean> =>
  (await queries(tx).$count(outbox, and(eq(outbox.key, key), untried))) > 0

async function recall(tx: Tx, key: string): Promise<boolean> {
  const drop = (which: SQL) =>
    queries(tx)
      .update(outbox)
      .set({ status: 'dropped', message: null })
      .where(and(which, unseen))
      .returning({ id: outbox.id })
  const recalled = (await drop(eq(outbox.key, key))).length > 0
  if (recalled) await drop(eq(outbox.under, key))
  return recalled
}

// An edit of what has not gone out yet changes the letter; edits that wait together collapse into the last.
async function edit(tx: Tx, instead: string, letter: NewLetter): Promise<void> {
  const { message, choices, author } = letter
  const changed = await queries(tx)
    .update(outbox)
    .set({ message, choices, author })
    .where(and(eq(outbox.key, instead), unseen))
    .returning({ id: outbox.id })
  if (changed.length > 0) return
  const original = await letterWithKey(tx, instead)
  if (!original || original.status === 'dropped') return
  const earlier = and(eq(outbox.instead, instead), waits)
  await queries(tx)
    .delete(outbox)
    .where(and(earlier, ne(outbox.key, letter.key)))
  const { queue, place, member, under, onlyFor } = original
  const lane = isUnsent(original) ? original.lane : letter.lane
  // It makes no noise: nobody is called by it, in quiet hours or at any other time.
  await queries(tx)
    .insert(outbox)
    .values({ ...letter, queue, lane, place, member, under, onlyFor, atOnce: true, fanOut: null })
    .onConflictDoNothing()
}

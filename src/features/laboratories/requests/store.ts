import { and, asc, desc, eq, gte, inArray, isNull, lt, or, type SQL } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { inserting } from '#src/storage/inserting.ts'
import { type Joining, repoint } from '#src/storage/joining.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { type RequestState, requestMessages, requestOrigins, requests, shownRequests, unsentWords } from '../schema.ts'

export type Request = typeof requests.$inferSelect
export type Words = typeof requestMessages.$inferSelect
export type Shown = typeof shownRequests.$inferSelect
export type Unsent = typeof unsentWords.$inferSelect

/** States in which somebody still has to do something. */
export const OPEN: readonly RequestState[] = ['new', 'assigned', 'pending']

/** What to look for; what is left out does not matter, `null` is «none». */
export interface Sought {
  requester?: string
  assignee?: string
  /** Any of these laboratories. */
  laboratories?: readonly string[]
  practice?: string
  community?: string
}

/** Requests that are new, assigned or pending, oldest first. */
export const openRequests = (tx: Tx, sought: Sought = {}): Promise<Request[]> =>
  queries(tx)
    .select()
    .from(requests)
    .where(and(inArray(requests.state, [...OPEN]), ...conditions(sought)))
    .orderBy(asc(requests.openedAt), asc(requests.number))

function conditions({ requester, assignee, laboratories, practice, community }: Sought): (SQL | undefined)[] {
  return [
    requester === undefined ? undefined : eq(requests.requester, requester),
    assignee === undefined ? undefined : eq(requests.assignee, assignee),
    laboratories && inArray(requests.laboratory, [...laboratories]),
    practice === undefined ? undefined : eq(requests.practice, practice),
    community === undefined ? undefined : eq(requests.community, community),
  ]
}

export async function request(tx: Tx, id: string): Promise<Request | undefined> {
  const [row] = await queries(tx).select().from(requests).where(eq(requests.id, id))
  return row
}
export async function requestNumbered(tx: Tx, number: string): Promise<Request | undefined> {
  const [row] = await queries(tx).select().from(requests).where(eq(requests.number, number))
  return row
}
/** All that a person asked, the latest first. */
export const requestsOf = (tx: Tx, requester: string): Promise<Request[]> =>
  queries(tx)
    .select()
    .from(requests)
    .where(eq(requests.requester, requester))
    .orderBy(desc(requests.openedAt), desc(requests.number))

const asked = prepared(on =>
  on
    .select({ id: requests.id })
    .from(requests)
    .where(eq(requests.requester, given('requester')))
    .limit(1),
)
export const hasAsked = async (tx: Tx, requester: string): Promise<boolean> =>
  (await asked(tx).execute({ requester })).length > 0

/**
 * All that were open at some time between two instants: what a digest looks at. What was over before is not even read: an index
 * finds those that are open still, and those that closed since.
 */
export async function requestsBetween(tx: Tx, from: number, to: number): Promise<Request[]> {
  const opened = lt(requests.openedAt, to)
  const those = (still: SQL) => queries(tx).select().from(requests).where(and(opened, still))
  const rows = [...(await those(isNull(requests.closedAt))), ...(await those(gte(requests.closedAt, from)))]
  return rows.toSorted((one, other) => (one.number < other.number ? -1 : 1))
}

export const saveRequest: (tx: Tx, row: Request) => Promise<void> = inserting(requests)

/** Changes a request as long as nobody else did meanwhile; nothing comes back when somebody was faster. */
export async function changeRequest(tx: Tx, before: Request, change: Partial<Request>): Promise<Request | undefined> {
  const unchanged = and(
    eq(requests.id, before.id),
    eq(requests.state, before.state),
    eq(requests.version, before.version),
  )
  const [row] = await queries(tx)
    .update(requests)
    .set({ ...change, version: before.version + 1 })
    .where(unchanged)
    .returning()
  return row
}

/** What both sides wrote about a request, oldest first. */
export const wordsOn = (tx: Tx, request: string): Promise<Words[]> =>
  queries(tx)
    .select()
    .from(requestMessages)
    .where(eq(requestMessages.request, request))
    .orderBy(asc(requestMessages.at), asc(requestMessages.id))
export const wordsBy = (tx: Tx, author: string): Promise<Words[]> =>
  queries(tx).select().from(requestMessages).where(eq(requestMessages.author, author)).orderBy(asc(requestMessages.id))

export async function keepWords(tx: Tx, row: Words): Promise<void> {
  await queries(tx).insert(requestMessages).values(row)
}
/** Notes the event that words came with. */
export async function keepOrigin(tx: Tx, row: typeof requestOrigins.$inferInsert): Promise<void> {
  await queries(tx).insert(requestOrigins).values(row).onConflictDoNothing()
}
/** Takes out what came with an event: a request's need, or words about it, which go. */
export async function takeOrigin(tx: Tx, event: string): Promise<{ request: string; words?: Words } | undefined> {
  const [origin] = await queries(tx).delete(requestOrigins).where(eq(requestOrigins.id, event)).returning()
  if (!origin?.words) return origin && { request: origin.request }
  const [words] = await queries(tx).delete(requestMessages).where(eq(requestMessages.id, origin.words)).returning()
  return words && { request: origin.request, words }
}
export async function forgetWords(tx: Tx, author: string): Promise<void> {
  await queries(tx).delete(requestMessages).where(eq(requestMessages.author, author))
  await queries(tx).delete(unsentWords).where(eq(unsentWords.author, author))
  await queries(tx).delete(shownRequests).where(eq(shownRequests.member, author))
}

export async function keepShown(tx: Tx, row: Shown): Promise<void> {
  await queries(tx).insert(shownRequests).values(row).onConflictDoNothing()
}
/** The request that a message showed. */
export async function shownBy(tx: Tx, key: string): Promise<string | undefined> {
  const [row] = await queries(tx).select().from(shownRequests).where(eq(shownRequests.id, key))
  return row?.request
}
/** Takes out where a request was shown: those messages are drawn for the last time. */
export const takeShown = async (tx: Tx, request: string): Promise<Shown[]> =>
  (await queries(tx).delete(shownRequests).where(eq(shownRequests.request, request)).returning()).toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  )

/** Keeps what may be sent later, and drops what nobody wanted sent since `before`. */
export async function keepUnsent(tx: Tx, row: Unsent, before: number): Promise<void> {
  await queries(tx).delete(unsentWords).where(lt(unsentWords.at, before))
  await queries(tx).insert(unsentWords).values(row)
}
/** Takes the words out, so that they are sent once. */
export async function takeUnsent(tx: Tx, id: string, author: string): Promise<Unsent | undefined> {
  const hers = and(eq(unsentWords.id, id), eq(unsentWords.author, author))
  const [row] = await queries(tx).delete(unsentWords).where(hers).returning()
  return row
}
export const unsentBy = (tx: Tx, author: string): Promise<Unsent[]> =>
  queries(tx)
    .select()
    .from(unsentWords)
    .where(eq(unsentWords.author, author))
    .orderBy(asc(unsentWords.at), asc(unsentWords.id))

/** Everything in which a person appears: what she asked, and what she took in charge. */
export const requestsAround = (tx: Tx, member: string): Promise<Request[]> =>
  queries(tx)
    .select()
    .from(requests)
    .where(or(eq(requests.requester, member), eq(requests.assignee, member)))
    .orderBy(asc(requests.number))

/** What she asked, took in charge and wrote, where two members are one person. */
export const joinPeople = (tx: Tx, joining: Joining): Promise<void> =>
  repoint(
    tx,
    [requests.requester, requests.assignee, requestMessages.author, unsentWords.author, shownRequests.member],
    joining,
  )

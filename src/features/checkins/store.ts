import { and, asc, eq, isNull, lt } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { ownsAdoption } from '#src/features/practices/store.ts'
import { queries } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { type Joining, repoint, repointOnce } from '#src/storage/joining.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { answers, programmeItems as items, periods as periodsTable, riskReviews, skips } from './schema.ts'

export type ProgrammeItem = typeof items.$inferSelect
export type Period = typeof periodsTable.$inferSelect
export type Answer = typeof answers.$inferSelect
export type Review = typeof riskReviews.$inferSelect
export type { Kind, Status } from './schema.ts'

/** Lines, actions and risks, in the order of the kit. */
export const programmeItems = async (tx: Tx): Promise<ProgrammeItem[]> =>
  queries(tx).select().from(items).orderBy(asc(items.position), asc(items.id))

/** Adds a line, an action or a risk, or changes it by its id. */
export async function saveProgrammeItem(tx: Tx, item: ProgrammeItem): Promise<void> {
  const { id: _, ...rest } = item
  await queries(tx).insert(items).values(item).onConflictDoUpdate({ target: items.id, set: rest })
}

/** Whether a member answers for a line, an action, a risk or an adoption. */
const owned = prepared(on =>
  on
    .select({ id: items.id })
    .from(items)
    .where(eq(items.owner, given('member')))
    .limit(1),
)
export async function ownsSomething(tx: Tx, member: string): Promise<boolean> {
  // Asked for at once: the database may be far away.
  const [items, adoption] = await Promise.all([owned(tx).execute({ member }), ownsAdoption(tx, member)])
  return items.length > 0 || adoption
}

/** Every period on record, oldest first; one that never opened is closed and has no answers. */
export const periods = async (tx: Tx): Promise<Period[]> =>
  queries(tx).select().from(periodsTable).orderBy(asc(periodsTable.id))

export async function periodOf(tx: Tx, id: string): Promise<Period | undefined> {
  const [row] = await queries(tx).select().from(periodsTable).where(eq(periodsTable.id, id))
  return row
}

/** Opens a period, once: false when it is on record already. */
export async function openPeriod(
  tx: Tx,
  period: Pick<Period, 'id' | 'closesAt'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const row = { ...period, openedAt: now.epochMilliseconds }
  return (await queries(tx).insert(periodsTable).values(row).onConflictDoNothing().returning()).length === 1
}

/** Closes a period, once: false when it is closed already. One that never opened is put on record as closed. */
export async function closePeriod(
  tx: Tx,
  { id, closesAt }: Pick<Period, 'id' | 'closesAt'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const closed = { closesAt, closedAt: now.epochMilliseconds }
  const made = await queries(tx)
    .insert(periodsTable)
    .values({ id, ...closed })
    .onConflictDoNothing()
    .returning()
  if (made.length === 1) return true
  const open = and(eq(periodsTable.id, id), isNull(periodsTable.closedAt))
  return (await queries(tx).update(periodsTable).set(closed).where(open).returning()).length === 1
}

/** Moves the closing of an open period; false when it is closed. */
export async function extendPeriod(
  tx: Tx,
  id: string,
  closesAt: Temporal.Instant,
  now: Temporal.Instant,
): Promise<boolean> {
  const open = and(eq(periodsTable.id, id), isNull(periodsTable.closedAt))
  const change = { closesAt: closesAt.epochMilliseconds, extendedAt: now.epochMilliseconds }
  return (await queries(tx).update(periodsTable).set(change).where(open).returning()).length === 1
}

export const answersOf = async (tx: Tx, period: string): Promise<Answer[]> =>
  queries(tx).select().from(answers).where(eq(answers.period, period)).orderBy(asc(answers.at), asc(answers.id))

/** Keeps an answer; an earlier one for the same thing and period is replaced. */
export async function saveAnswer(tx: Tx, answer: Omit<Answer, 'id'>): Promise<void> {
  const target = [answers.period, answers.kind, answers.item]
  await queries(tx)
    .insert(answers)
    .values({ id: newId(), ...answer })
    .onConflictDoUpdate({ target, set: answer })
}

export const reviewsOf = async (tx: Tx, period: string): Promise<Review[]> =>
  queries(tx)
    .select()
    .from(riskReviews)
    .where(eq(riskReviews.period, period))
    .orderBy(asc(riskReviews.at), asc(riskReviews.id))

/** Every review of the periods before one, oldest first. */
export const reviewsBefore = async (tx: Tx, period: string): Promise<Review[]> =>
  queries(tx)
    .select()
    .from(riskReviews)
    .where(lt(riskReviews.period, period))
    .orderBy(asc(riskReviews.period), asc(riskReviews.risk))

/** Keeps a review; an earlier one of the same risk and period is replaced. */
export async function saveReview(tx: Tx, review: Omit<Review, 'id'>): Promise<void> {
  const target = [riskReviews.period, riskReviews.risk]
  await queries(tx)
    .insert(riskReviews)
    .values({ id: newId(), ...review })
    .onConflictDoUpdate({ target, set: review })
}

/** Notes that a member wants no more reminders for a period. */
export async function skipPeriod(tx: Tx, period: string, member: string): Promise<void> {
  await queries(tx).insert(skips).values({ id: newId(), period, member }).onConflictDoNothing()
}
export const skipsOf = async (tx: Tx, period: string): Promise<string[]> =>
  (
    await queries(tx).select({ member: skips.member }).from(skips).where(eq(skips.period, period)).orderBy(skips.member)
  ).map(row => row.member)

/** What a member owns, answered and skipped, for her export. */
export const tracesOf = async (tx: Tx, member: string) => ({
  owns: await queries(tx)
    .select()
    .from(items)
    .where(eq(items.owner, member))
    .orderBy(asc(items.position), asc(items.id)),
  answers: await queries(tx)
    .select()
    .from(answers)
    .where(eq(answers.by, member))
    .orderBy(asc(answers.at), asc(answers.id)),
  reviews: await queries(tx)
    .select()
    .from(riskReviews)
    .where(eq(riskReviews.by, member))
    .orderBy(asc(riskReviews.at), asc(riskReviews.id)),
  skips: await queries(tx).select().from(skips).where(eq(skips.member, member)).orderBy(asc(skips.period)),
})

/** Her words and her name go from every answer and review; status and figures stay. */
export async function forgetMember(tx: Tx, member: string): Promise<void> {
  await queries(tx)
    .update(answers)
    .set({ done: null, next: null, blocks: null, by: null })
    .where(eq(answers.by, member))
  await queries(tx).update(riskReviews).set({ change: null, by: null }).where(eq(riskReviews.by, member))
  await queries(tx).update(items).set({ owner: null }).where(eq(items.owner, member))
  await queries(tx).delete(skips).where(eq(skips.member, member))
}

/** What she answers for and what she told, where two members are one person. */
export async function joinPeople(tx: Tx, joining: Joining): Promise<void> {
  await repoint(tx, [items.owner, answers.by, riskReviews.by], joining)
  await repointOnce(tx, skips.member, [skips.period], joining)
}

import { asc, eq } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { type Draft, drafts } from '../schema.ts'

export type DraftRow = typeof drafts.$inferSelect

export async function keepDraft(tx: Tx, member: string, content: Draft, now: Temporal.Instant): Promise<DraftRow> {
  const row = { id: newId(), member, content, createdAt: now.epochMilliseconds }
  await queries(tx).insert(drafts).values(row)
  return row
}
export async function draft(tx: Tx, id: string): Promise<DraftRow | undefined> {
  const [row] = await queries(tx).select().from(drafts).where(eq(drafts.id, id))
  return row
}
/** Takes a draft away: false when somebody else has done so already. */
export const takeDraft = async (tx: Tx, id: string): Promise<boolean> =>
  (await queries(tx).delete(drafts).where(eq(drafts.id, id)).returning({ id: drafts.id })).length === 1

export const draftsOf = async (tx: Tx, member: string): Promise<DraftRow[]> =>
  queries(tx).select().from(drafts).where(eq(drafts.member, member)).orderBy(asc(drafts.id))

export async function dropDraftsOf(tx: Tx, member: string): Promise<void> {
  await queries(tx).delete(drafts).where(eq(drafts.member, member))
}

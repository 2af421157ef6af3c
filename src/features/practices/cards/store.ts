import { and, eq, inArray } from 'drizzle-orm'
import type { Post, Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { type Card, type CardKind, cards } from '../schema.ts'

/** Notes where a message went that will have to be drawn again; its key names it. */
export async function keepCard(
  tx: Tx,
  kind: CardKind,
  about: string,
  { key, to }: Pick<Post, 'key' | 'to'>,
): Promise<void> {
  const where = 'member' in to ? { member: to.member } : { place: to }
  await queries(tx)
    .insert(cards)
    .values({ id: key, kind, about, ...where })
    .onConflictDoNothing()
}
export const cardsOf = async (tx: Tx, about: string, ...kinds: CardKind[]): Promise<Card[]> =>
  queries(tx)
    .select()
    .from(cards)
    .where(and(eq(cards.about, about), inArray(cards.kind, kinds)))
    .orderBy(cards.id)

/** These will never be drawn again. */
export async function dropCards(tx: Tx, about: string, ...kinds: CardKind[]): Promise<void> {
  await queries(tx)
    .delete(cards)
    .where(and(eq(cards.about, about), inArray(cards.kind, kinds)))
}
export async function dropCardsOf(tx: Tx, member: string): Promise<void> {
  await queries(tx).delete(cards).where(eq(cards.member, member))
}

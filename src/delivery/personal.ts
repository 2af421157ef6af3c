import { eq, or } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { changeLetter, isUnsent } from './letters.ts'
import { fanOuts, outbox } from './schema.ts'

/** Forgets what waits to be said to her or in her words, and where her direct conversation is. */
export async function eraseLetters(tx: Tx, member: string): Promise<void> {
  const hers = await queries(tx)
    .select()
    .from(outbox)
    .where(or(eq(outbox.member, member), eq(outbox.author, member), eq(outbox.onlyFor, member)))
  await queries(tx).delete(fanOuts).where(eq(fanOuts.starter, member))
  for (const letter of hers) {
    const alone = letter.member === member || letter.place?.direct || letter.onlyFor === member
    await changeLetter(tx, letter.id, {
      author: letter.author === member ? null : letter.author,
      ...(isUnsent(letter) && { status: 'dropped' }),
      ...(letter.status !== 'sent' && { message: null, failure: null }),
      ...(alone && { member: null, onlyFor: null, place: null, sentTo: null, spot: null, queue: '', choices: [] }),
    })
  }
}

/** What was to be said to her under either name is said to her, in the order in which it was decided. */
export async function joinLetters(tx: Tx, { from, into }: { from: string; into: string }): Promise<void> {
  await queries(tx)
    .update(outbox)
    .set({ member: into, queue: `member:${into}` })
    .where(eq(outbox.member, from))
  await queries(tx).update(outbox).set({ onlyFor: into }).where(eq(outbox.onlyFor, from))
  await queries(tx).update(outbox).set({ author: into }).where(eq(outbox.author, from))
  await queries(tx).update(fanOuts).set({ starter: into }).where(eq(fanOuts.starter, from))
}

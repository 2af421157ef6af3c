import { and, asc, desc, eq, gte, inArray, isNull, lt, or } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { fold } from '#src/core/fold.ts'
import type { Option } from '#src/core/form.ts'
import type { LocalText } from '#src/core/message.ts'
import { community } from '#src/features/communities/store.ts'
import { queries } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { organization } from '#src/storage/organizations.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { nextNumber } from '#src/storage/settings.ts'
import { latestFirst } from '#src/storage/words.ts'
import { numberOf, readNumber, searchable, waysToWrite } from '../rules.ts'
import { type Practice, type PracticeState, practices } from '../schema.ts'
import { findPractices } from './search/store.ts'

export type Content = Pick<
  Practice,
  | 'title'
  | 'summary'
  | 'description'
  | 'provider'
  | 'community'
  | 'kit'
  | 'version'
  | 'repository'
  | 'licence'
  | 'categories'
>
/** A practice with the names that stand behind its ids: what a message shows. */
export interface Shown extends Practice {
  providerName: string
  communityName: LocalText
}

const byId = prepared(on =>
  on
    .select()
    .from(practices)
    .where(eq(practices.id, given('id'))),
)
export async function practice(tx: Tx, id: string): Promise<Practice | undefined> {
  const [row] = await byId(tx).execute({ id })
  return row
}
export async function practiceByNumber(tx: Tx, number: number): Promise<Practice | undefined> {
  const [row] = await queries(tx).select().from(practices).where(eq(practices.number, number))
  return row
}
export async function shown(tx: Tx, row: Practice): Promise<Shown> {
  const [provider, home] = await Promise.all([organization(tx, row.provider), community(tx, row.community)])
  return { ...row, providerName: provider?.name ?? row.provider, communityName: home?.name ?? { it: row.community } }
}

const published = eq(practices.state, 'published')
/** Those that can be reused today, the latest first. */
export const publishedPractices = async (tx: Tx, of: { community?: string } = {}): Promise<Practice[]> =>
  queries(tx)
    .select()
    .from(practices)
    .where(and(published, of.community ? eq(practices.community, of.community) : undefined))
    .orderBy(latestFirst(practices.publishedAt), asc(practices.number))

/** Of the same, the latest first, so many after so many. */
export const latestPractices = async (tx: Tx, most: number, after = 0): Promise<Practice[]> =>
  queries(tx)
    .select()
    .from(practices)
    .where(published)
    .orderBy(latestFirst(practices.publishedAt), asc(practices.number))
    .limit(most)
    .offset(after)
export const howManyPublished = (tx: Tx): Promise<number> => queries(tx).$count(practices, published)

/** What was published in a stretch of time, from included, to excluded, and not withdrawn before it was over. */
export async function publishedBetween(tx: Tx, from: number, to: number): Promise<Practice[]> {
  const stays = or(isNull(practices.withdrawnAt), gte(practices.withdrawnAt, to))
  const during = and(gte(practices.publishedAt, from), lt(practices.publishedAt, to), stays)
  return queries(tx).select().from(practices).where(during).orderBy(asc(practices.number))
}

export const pendingPractices = async (tx: Tx): Promise<Practice[]> =>
  queries(tx)
    .select()
    .from(practices)
    .where(inArray(practices.state, ['proposed', 'changes-asked']))
    .orderBy(asc(practices.number))

export const practicesProposedBy = async (tx: Tx, member: string): Promise<Practice[]> =>
  queries(tx).select().from(practices).where(eq(practices.proposer, member)).orderBy(asc(practices.number))

export const practicesExplainedBy = async (tx: Tx, member: string): Promise<Practice[]> =>
  queries(tx).select().from(practices).where(eq(practices.reasonBy, member)).orderBy(asc(practices.number))

/** The practice, not declined and not withdrawn, whose repository this is. */
export async function practiceWithRepository(tx: Tx, address: string): Promise<Practice | undefined> {
  const same = inArray(practices.repository, waysToWrite(address))
  const alive = inArray(practices.state, ['proposed', 'changes-asked', 'published'])
  const [row] = await queries(tx).select().from(practices).where(and(same, alive)).orderBy(asc(practices.number))
  return row
}
/** The same, also when it was declined or withdrawn: the latest. */
export async function everWithRepository(tx: Tx, address: string): Promise<Practice | undefined> {
  const same = inArray(practices.repository, waysToWrite(address))
  const [row] = await queries(tx).select().from(practices).where(same).orderBy(desc(practices.number))
  return row
}

const alone = prepared(on =>
  on
    .select()
    .from(practices)
    .where(and(published, or(eq(practices.id, given('id')), eq(practices.number, given('number'))))),
)
/** So many a search field shows at once. */
const OFFERED = 20
const matching = async (tx: Tx, typed: string): Promise<Practice[]> =>
  typed.trim() === '' ? latestPractices(tx, OFFERED) : (await findPractices(tx, typed)).practices

/** What a search field offers: a number, what was offered before or a whole title finds one, words find up to 20. */
export async function practiceOptions(tx: Tx, typed: string): Promise<Option[]> {
  const named = readNumber(typed)
  const isOne = named?.rest === '' || /^\s*p-\d/i.test(typed)
  const exact = await alone(tx).execute({ id: typed, number: named && isOne ? named.number : -1 })
  const found = exact.length > 0 ? exact : await matching(tx, typed)
  const titled = found.filter(({ title }) => fold(title) === fold(typed))
  return (titled.length === 1 ? titled : found)
    .slice(0, OFFERED)
    .map(row => ({ value: row.id, label: `${numberOf(row)} · ${row.title}` }))
}

/** The next number that is free: the kit may have given out some by itself. */
async function freeNumber(tx: Tx): Promise<number> {
  const number = await nextNumber(tx, 'practices')
  return (await practiceByNumber(tx, number)) ? freeNumber(tx) : number
}

export async function addProposal(
  tx: Tx,
  content: Content,
  by: string | undefined,
  now: Temporal.Instant,
): Promise<Practice> {
  const at = now.epochMilliseconds
  return savePractice(tx, {
    ...content,
    id: newId(),
    state: 'proposed',
    proposer: by ?? null,
    proposedAt: at,
    changedAt: at,
  })
}

type Saved = Omit<typeof practices.$inferInsert, 'number' | 'folded' | 'foldedTitle'> & { number?: number }

/** Adds a practice, or changes it by its id. Without a number a new one gets the next, and a known one keeps its own. */
export async function savePractice(tx: Tx, row: Saved): Promise<Practice> {
  const { id, ...rest } = row
  const number = row.number ?? (await practice(tx, id))?.number ?? (await freeNumber(tx))
  const whole = { ...rest, number, ...searchable(row) }
  const [saved] = await queries(tx)
    .insert(practices)
    .values({ id, ...whole })
    .onConflictDoUpdate({ target: practices.id, set: whole })
    .returning()
  if (!saved) throw new Error(`practice ${id} was not saved`)
  return saved
}

/** Moves a practice on, once: undefined when it is no longer in one of these states. */
export async function movePractice(
  tx: Tx,
  id: string,
  from: readonly PracticeState[],
  change: Partial<typeof practices.$inferInsert>,
): Promise<Practice | undefined> {
  const still = and(eq(practices.id, id), inArray(practices.state, [...from]))
  const [moved] = await queries(tx).update(practices).set(change).where(still).returning()
  return moved
}

/** Its new content, as long as it is in one of these states. */
export const rewritePractice = (
  tx: Tx,
  id: string,
  from: readonly PracticeState[],
  content: Content,
  change: Partial<typeof practices.$inferInsert>,
): Promise<Practice | undefined> => movePractice(tx, id, from, { ...content, ...searchable(content), ...change })

/** A reason is gone, with who wrote it. */
export async function forgetReason(tx: Tx, id: string): Promise<void> {
  await queries(tx).update(practices).set({ reason: null, reasonBy: null }).where(eq(practices.id, id))
}

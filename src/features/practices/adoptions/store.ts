import { and, asc, eq, gte, isNotNull, isNull, lt, ne, or, type SQL } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { members, organizations } from '#src/storage/schema.ts'
import { numberOf } from '../rules.ts'
import { type Adoption, type AdoptionState, adoptions, practices } from '../schema.ts'

/** An adoption with the names that stand behind its ids. */
export interface ShownAdoption extends Adoption {
  number: number
  title: string
  organizationName: string
  /** Its practice is no longer published. */
  withdrawn: boolean
}

export async function adoption(tx: Tx, id: string): Promise<Adoption | undefined> {
  const [row] = await queries(tx).select().from(adoptions).where(eq(adoptions.id, id))
  return row
}

async function shownAdoptions(tx: Tx, which: SQL | undefined): Promise<ShownAdoption[]> {
  const rows = await queries(tx)
    .select({
      adoption: adoptions,
      number: practices.number,
      title: practices.title,
      state: practices.state,
      organizationName: organizations.name,
    })
    .from(adoptions)
    .innerJoin(practices, eq(practices.id, adoptions.practice))
    .innerJoin(organizations, eq(organizations.id, adoptions.organization))
    .where(which)
    .orderBy(asc(practices.number), asc(organizations.folded), asc(adoptions.id))
  return rows.map(({ adoption: row, state, ...names }) => ({ ...row, ...names, withdrawn: state === 'withdrawn' }))
}
export const shownAdoption = async (tx: Tx, id: string): Promise<ShownAdoption | undefined> =>
  (await shownAdoptions(tx, eq(adoptions.id, id)))[0]

export const adoptionsOfPractice = (tx: Tx, practice: string): Promise<ShownAdoption[]> =>
  shownAdoptions(tx, eq(adoptions.practice, practice))

export const adoptionsOfOrganization = (tx: Tx, organization: string): Promise<ShownAdoption[]> =>
  shownAdoptions(tx, eq(adoptions.organization, organization))

/** What a member answers for: every adoption of hers, holders included. */
export const adoptionsOwnedBy = (tx: Tx, member: string): Promise<ShownAdoption[]> =>
  shownAdoptions(tx, eq(adoptions.owner, member))

const owned = prepared(on =>
  on
    .select({ id: adoptions.id })
    .from(adoptions)
    .where(eq(adoptions.owner, given('member')))
    .limit(1),
)
export const ownsAdoption = async (tx: Tx, member: string): Promise<boolean> =>
  (await owned(tx).execute({ member })).length > 0

/** Adoptions under way, of practices that are still published: not yet holders. */
export const activeAdoptions = (tx: Tx): Promise<ShownAdoption[]> =>
  shownAdoptions(tx, and(ne(adoptions.state, 'holder'), eq(practices.state, 'published')))

/** As the monthly check-in asks about them: by the practice's number, with the organization's name; no holders of before. */
export const adoptionsForCheckIn = async (tx: Tx, since: Temporal.Instant) =>
  (
    await shownAdoptions(
      tx,
      and(
        eq(practices.state, 'published'),
        or(isNull(adoptions.holderAt), gte(adoptions.holderAt, since.epochMilliseconds)),
      ),
    )
  ).map(row => ({
    id: row.id,
    owner: row.owner,
    practice: row.practice,
    number: numberOf(row),
    title: row.title,
    organization: row.organizationName,
    interestedAt: row.interestedAt,
    holderAt: row.holderAt,
  }))

/** Adoptions with a step in this stretch of time, from included, to excluded. */
export const adoptionsMovedBetween = (tx: Tx, from: number, to: number): Promise<ShownAdoption[]> => {
  const dates = [adoptions.interestedAt, adoptions.deployingAt, adoptions.inUseAt, adoptions.holderAt]
  return shownAdoptions(tx, or(...dates.map(date => and(gte(date, from), lt(date, to)))))
}

/** Claims that wait for somebody to confirm them. */
export const claimsOf = (tx: Tx, practice: string): Promise<ShownAdoption[]> =>
  shownAdoptions(
    tx,
    and(eq(adoptions.practice, practice), eq(adoptions.state, 'in-use'), isNotNull(adoptions.claimedAt)),
  )

/** Opens an adoption, once for each organization: `begun` is false when it is open already. */
export async function beginAdoption(
  tx: Tx,
  { practice, organization, owner }: { practice: string; organization: string; owner: string },
  now: Temporal.Instant,
): Promise<{ adoption: ShownAdoption; begun: boolean }> {
  const row = {
    id: newId(),
    practice,
    organization,
    owner,
    state: 'interested' as const,
    interestedAt: now.epochMilliseconds,
  }
  const made = await queries(tx).insert(adoptions).values(row).onConflictDoNothing().returning({ id: adoptions.id })
  const pair = and(eq(adoptions.practice, practice), eq(adoptions.organization, organization))
  const [found] = await shownAdoptions(tx, pair)
  if (!found) throw new Error(`no adoption of ${practice} by ${organization}`)
  return { adoption: found, begun: made.length === 1 }
}

/** Adds an adoption, or changes it by its id. */
export async function saveAdoption(tx: Tx, row: typeof adoptions.$inferInsert): Promise<void> {
  const { id: _, ...rest } = row
  await queries(tx).insert(adoptions).values(row).onConflictDoUpdate({ target: adoptions.id, set: rest })
}

/** Moves an adoption one step on, once: false when it is no longer where the step begins. */
export async function moveAdoption(
  tx: Tx,
  id: string,
  from: AdoptionState,
  change: Partial<typeof adoptions.$inferInsert>,
): Promise<boolean> {
  const still = and(eq(adoptions.id, id), eq(adoptions.state, from))
  return (await queries(tx).update(adoptions).set(change).where(still).returning({ id: adoptions.id })).length === 1
}

/** Puts down, once, that an organization says it holds the practice. */
export async function claimAdoption(tx: Tx, id: string, by: string, now: Temporal.Instant): Promise<boolean> {
  const free = and(eq(adoptions.id, id), eq(adoptions.state, 'in-use'), isNull(adoptions.claimedAt))
  const claim = { claimedAt: now.epochMilliseconds, claimedBy: by }
  return (await queries(tx).update(adoptions).set(claim).where(free).returning({ id: adoptions.id })).length === 1
}
/** Decides a claim, once: it becomes a holder, or the claim is taken back. */
export async function settleClaim(tx: Tx, id: string, holds: boolean, now: Temporal.Instant): Promise<boolean> {
  const waiting = and(eq(adoptions.id, id), eq(adoptions.state, 'in-use'), isNotNull(adoptions.claimedAt))
  const change = holds
    ? { state: 'holder' as const, holderAt: now.epochMilliseconds }
    : { claimedAt: null, claimedBy: null }
  return (await queries(tx).update(adoptions).set(change).where(waiting).returning({ id: adoptions.id })).length === 1
}

/** The people of an organization who are still here. */
export const peopleOf = async (tx: Tx, organization: string): Promise<(typeof members.$inferSelect)[]> =>
  queries(tx)
    .select()
    .from(members)
    .where(and(eq(members.organization, organization), isNull(members.erasedAt)))
    .orderBy(asc(members.id))

export async function forgetOwner(tx: Tx, member: string): Promise<void> {
  await queries(tx).update(adoptions).set({ owner: null }).where(eq(adoptions.owner, member))
  await queries(tx).update(adoptions).set({ claimedBy: null }).where(eq(adoptions.claimedBy, member))
}

import { and, asc, count, eq, gt, gte, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { type Joining, repointOnce } from '#src/storage/joining.ts'
import { type MemberRow, membersById } from '#src/storage/members.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { grant, revoke } from '#src/storage/roles.ts'
import { named } from './rules.ts'
import { communities as communityTable, memberships, profiles } from './schema.ts'

export type Community = typeof communityTable.$inferSelect
export type Membership = typeof memberships.$inferSelect
export type Profile = typeof profiles.$inferSelect

/** All of them, by their short names. */
export const communities = async (tx: Tx): Promise<Community[]> =>
  queries(tx).select().from(communityTable).orderBy(asc(communityTable.id))

const byId = prepared(on =>
  on
    .select()
    .from(communityTable)
    .where(eq(communityTable.id, given('id'))),
)
export async function community(tx: Tx, id: string): Promise<Community | undefined> {
  const [row] = await byId(tx).execute({ id })
  return row
}
/** The one that was meant by what was typed; undefined when none or several could be. */
export const communityNamed = async (tx: Tx, typed: string): Promise<Community | undefined> =>
  named(await communities(tx), typed)

/** Adds or changes a community. */
export async function saveCommunity(tx: Tx, row: Community): Promise<void> {
  const { id: _, ...rest } = row
  await queries(tx).insert(communityTable).values(row).onConflictDoUpdate({ target: communityTable.id, set: rest })
}

/** Her memberships and her profile, where two members are one person. */
export async function joinPeople(tx: Tx, joining: Joining): Promise<void> {
  await repointOnce(tx, memberships.member, [memberships.community], joining)
  await repointOnce(tx, profiles.member, [], joining)
}

const pair = (member: string, community: string) =>
  and(eq(memberships.member, member), eq(memberships.community, community))
const inside = (community: string) => and(eq(memberships.community, community), eq(memberships.state, 'member'))

/** The short names of the communities she is in. */
export async function communitiesOf(tx: Tx, member: string): Promise<string[]> {
  const all = await membershipsOf(tx, member)
  return all.filter(({ state }) => state === 'member').map(row => row.community)
}
/** Everyone who is in it, in the order of their ids. */
export async function membersOf(tx: Tx, community: string): Promise<MemberRow[]> {
  const rows = await queries(tx).select({ member: memberships.member }).from(memberships).where(inside(community))
  return membersById(
    tx,
    rows.map(row => row.member),
  )
}
/** How many are in it now: triggers keep the number, whoever writes a membership. */
export async function memberCount(tx: Tx, community: string): Promise<number> {
  const members = sql<number>`members`.mapWith(Number)
  const [row] = await queries(tx).select({ members }).from(sql`community_sizes`).where(sql`community = ${community}`)
  return row?.members ?? 0
}

/** How many were in it at an instant: those of now, with whoever left since and without whoever came since. */
export async function memberCountAt(tx: Tx, community: string, at: Temporal.Instant): Promise<number> {
  const moment = at.epochMilliseconds
  const [came, left] = [
    and(inside(community), gte(memberships.joinedAt, moment)),
    and(eq(memberships.community, community), gt(memberships.leftAt, moment), lt(memberships.joinedAt, moment)),
  ]
  const now = await memberCount(tx, community)
  return now - (await queries(tx).$count(memberships, came)) + (await queries(tx).$count(memberships, left))
}
/** How many came in for the first time from one instant (included) to another (excluded), by community. */
export async function newMembers(tx: Tx, from: Temporal.Instant, to: Temporal.Instant): Promise<Map<string, number>> {
  const during = and(gte(memberships.joinedAt, from.epochMilliseconds), lt(memberships.joinedAt, to.epochMilliseconds))
  const rows = await queries(tx)
    .select({ community: memberships.community, count: count() })
    .from(memberships)
    .where(during)
    .groupBy(memberships.community)
    .orderBy(memberships.community)
  return new Map(rows.map(row => [row.community, Number(row.count)]))
}

export async function membership(tx: Tx, member: string, community: string): Promise<Membership | undefined> {
  const [row] = await queries(tx).select().from(memberships).where(pair(member, community))
  return row
}
export async function membershipById(tx: Tx, id: string): Promise<Membership | undefined> {
  const [row] = await queries(tx).select().from(memberships).where(eq(memberships.id, id))
  return row
}
export const membershipsOf = (tx: Tx, member: string): Promise<Membership[]> => hers(tx).execute({ member })
const hers = prepared(on =>
  on
    .select()
    .from(memberships)
    .where(eq(memberships.member, given('member')))
    .orderBy(asc(memberships.community)),
)

/** Onboarding begins, or begins again after she had left; undefined when it is open already or she is in. */
export async function startMembership(
  tx: Tx,
  member: string,
  community: string,
  now: Temporal.Instant,
): Promise<Membership | undefined> {
  const started = { state: 'onboarding' as const, startedAt: now.epochMilliseconds }
  const [row] = await queries(tx)
    .insert(memberships)
    .values({ id: newId(), member, community, introductions: [], ...started })
    .onConflictDoUpdate({
      target: [memberships.member, memberships.community],
      set: started,
      setWhere: eq(memberships.state, 'left'),
    })
    .returning()
  return row
}
/** True for the one who finishes it: she was being welcomed, and now she is in. When she first came is kept. */
export async function join(tx: Tx, row: Membership, now: Temporal.Instant): Promise<boolean> {
  const joined = await queries(tx)
    .update(memberships)
    .set({ state: 'member', joinedAt: row.joinedAt ?? now.epochMilliseconds, leftAt: null })
    .where(and(eq(memberships.id, row.id), eq(memberships.state, 'onboarding')))
    .returning({ id: memberships.id })
  if (joined.length === 1) await grant(tx, row.member, 'member', row.community, now)
  return joined.length === 1
}
/** True for the one who leaves, whether onboarding was finished or not. */
export async function leave(tx: Tx, member: string, community: string, now: Temporal.Instant): Promise<boolean> {
  const left = await queries(tx)
    .update(memberships)
    .set({ state: 'left', leftAt: now.epochMilliseconds })
    .where(and(pair(member, community), ne(memberships.state, 'left')))
    .returning({ id: memberships.id })
  await revoke(tx, member, 'member', community)
  return left.length === 1
}
/** True once: the caller sends the one reminder. */
export async function markReminded(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const marked = await queries(tx)
    .update(memberships)
    .set({ remindedAt: now.epochMilliseconds })
    .where(and(eq(memberships.id, id), eq(memberships.state, 'onboarding'), isNull(memberships.remindedAt)))
    .returning({ id: memberships.id })
  return marked.length === 1
}
export async function noteIntroductions(tx: Tx, id: string, introductions: string[]): Promise<void> {
  await queries(tx).update(memberships).set({ introductions }).where(eq(memberships.id, id))
}

/** A member who comes with the community kit: nothing is asked of her. Who has left stays out. */
export async function enroll(tx: Tx, member: string, community: string, now: Temporal.Instant): Promise<void> {
  const at = now.epochMilliseconds
  await queries(tx)
    .insert(memberships)
    .values({ id: newId(), member, community, state: 'member', startedAt: at, joinedAt: at, introductions: [] })
    .onConflictDoNothing()
  const row = await membership(tx, member, community)
  if (row?.state === 'member') await grant(tx, member, 'member', community, now)
}

export async function profileOf(tx: Tx, member: string): Promise<Profile | undefined> {
  const [row] = await queries(tx).select().from(profiles).where(eq(profiles.member, member))
  return row
}
export async function saveProfile(tx: Tx, row: Profile): Promise<void> {
  const { member: _, ...rest } = row
  await queries(tx).insert(profiles).values(row).onConflictDoUpdate({ target: profiles.member, set: rest })
}
export async function eraseProfile(tx: Tx, member: string): Promise<void> {
  await queries(tx).delete(profiles).where(eq(profiles.member, member))
}

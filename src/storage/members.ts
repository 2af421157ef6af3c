import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { Member } from '#src/core/interaction.ts'
import type { Account } from '#src/core/platform.ts'
import { queries } from './database.ts'
import { newId } from './ids.ts'
import { given, prepared } from './prepared.ts'
import { accounts, members, roles } from './schema.ts'
import { programme } from './settings.ts'
import { latestFirst } from './words.ts'

export type MemberRow = typeof members.$inferSelect

/** The person behind an account, made at first sight; her name, language and zone come from the platform then. */
export const memberOf = async (tx: Tx, account: Account, now: Temporal.Instant): Promise<Member> =>
  (await accountNamed(tx, account.platform, account.workspace, account.account)) ?? makeMember(tx, account, now)

async function makeMember(tx: Tx, account: Account, now: Temporal.Instant): Promise<Member> {
  const home = await programme(tx)
  const member = {
    id: newId(),
    name: account.name,
    locale: account.locale ?? home.locale,
    timezone: account.timezone ?? home.timezone,
  }
  await queries(tx)
    .insert(members)
    .values({ ...member, createdAt: now.epochMilliseconds })
  await addAccount(tx, member.id, account, now)
  return member
}

export async function addAccount(
  tx: Tx,
  member: string,
  { platform, workspace, account }: Account,
  now?: Temporal.Instant,
): Promise<void> {
  const row = { id: newId(), member, platform, workspace, account, seenAt: now?.epochMilliseconds ?? null }
  await queries(tx)
    .insert(accounts)
    .values(row)
    .onConflictDoUpdate({
      target: [accounts.platform, accounts.workspace, accounts.account],
      set: { member },
    })
}

const asMember = ({ id, name, locale, timezone }: MemberRow): Member => ({ id, name, locale, timezone })

/** Somebody whom the community kit names, before she has ever written. Returns her id. */
export async function addMember(
  tx: Tx,
  member: Pick<MemberRow, 'person' | 'name' | 'locale' | 'timezone' | 'organization'>,
  now: Temporal.Instant,
): Promise<string> {
  const id = newId()
  await queries(tx)
    .insert(members)
    .values({ ...member, id, createdAt: now.epochMilliseconds })
  return id
}
export async function dropAccount(tx: Tx, id: string): Promise<void> {
  await queries(tx).delete(accounts).where(eq(accounts.id, id))
}

const byId = prepared(on =>
  on
    .select()
    .from(members)
    .where(eq(members.id, given('id'))),
)
export async function member(tx: Tx, id: string): Promise<MemberRow | undefined> {
  const [row] = await byId(tx).execute({ id })
  return row
}
/** Who a member is by now: two of them may have turned out to be one person. */
export async function presently(tx: Tx, id: string): Promise<MemberRow | undefined> {
  const row = await member(tx, id)
  return row?.joinedTo ? presently(tx, row.joinedTo) : row
}
/** Those who are still here, by their ids. */
export const membersById = async (tx: Tx, ids: readonly string[]): Promise<MemberRow[]> =>
  ids.length === 0
    ? []
    : queries(tx)
        .select()
        .from(members)
        .where(and(inArray(members.id, [...new Set(ids)]), isNull(members.erasedAt)))
        .orderBy(asc(members.id))

export async function memberNamed(tx: Tx, person: string): Promise<MemberRow | undefined> {
  const [row] = await queries(tx).select().from(members).where(eq(members.person, person))
  return row
}

/** The short names of those who have one. */
export async function people(tx: Tx): Promise<string[]> {
  const rows = await queries(tx).select({ person: members.person }).from(members).orderBy(asc(members.person))
  return rows.flatMap(({ person }) => person ?? [])
}

export const changeMember = async (tx: Tx, id: string, change: Partial<typeof members.$inferInsert>): Promise<void> => {
  await queries(tx).update(members).set(change).where(eq(members.id, id))
}

const hers = prepared(on =>
  on
    .select()
    .from(accounts)
    .where(eq(accounts.member, given('id')))
    .orderBy(latestFirst(accounts.seenAt), accounts.id),
)
/** Her accounts, the one she used last first: that is where she hears from the bot. */
export const accountsOf = async (tx: Tx, id: string): Promise<(typeof accounts.$inferSelect)[]> =>
  hers(tx).execute({ id })

const living = prepared(on =>
  on.selectDistinct({ zone: members.timezone }).from(members).where(isNull(members.erasedAt)),
)
/** Every zone that somebody lives in. */
export const zones = async (tx: Tx): Promise<string[]> => (await living(tx).execute()).map(row => row.zone)

/** Forgets who she was: name, accounts, roles. The row stays, with nothing in it that tells. */
export async function eraseMember(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await queries(tx).delete(accounts).where(eq(accounts.member, id))
  await queries(tx).delete(roles).where(eq(roles.member, id))
  await changeMember(tx, id, {
    name: '',
    person: null,
    organization: null,
    pausedUntil: null,
    erasedAt: now.epochMilliseconds,
  })
}

/** What is kept of who she is. */
export async function exportMember(tx: Tx, id: string): Promise<unknown> {
  const row = await member(tx, id)
  if (!row) return {}
  const held = await queries(tx)
    .select({ role: roles.role, scope: roles.scope, since: roles.since })
    .from(roles)
    .where(eq(roles.member, id))
    .orderBy(roles.role, roles.scope)
  const { name, locale, timezone, organization, pausedUntil, createdAt } = row
  const known = (await accountsOf(tx, id)).map(({ platform, workspace, account }) => ({ platform, workspace, account }))
  return { name, locale, timezone, organization, pausedUntil, createdAt, roles: held, accounts: known }
}

const named = prepared(on =>
  on
    .select({ member: members })
    .from(accounts)
    .innerJoin(members, eq(members.id, accounts.member))
    .where(
      and(
        eq(accounts.platform, given('platform')),
        eq(accounts.workspace, given('workspace')),
        eq(accounts.account, given('account')),
      ),
    ),
)
/** The person behind an account that exists already. */
export async function accountNamed(
  tx: Tx,
  platform: Account['platform'],
  workspace: string,
  account: string,
): Promise<Member | undefined> {
  const [found] = await named(tx).execute({ platform, workspace, account })
  return found && asMember(found.member)
}
/** Her account on one platform. */
export const accountOn = async (
  tx: Tx,
  id: string,
  platform: Account['platform'],
): Promise<typeof accounts.$inferSelect | undefined> =>
  (await accountsOf(tx, id)).find(account => account.platform === platform)

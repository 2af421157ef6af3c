import { and, countDistinct, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { Member, PlatformName } from '#src/core/interaction.ts'
import type { Account } from '#src/core/platform.ts'
import { queries } from './database.ts'
import { accountNamed, changeMember, type MemberRow } from './members.ts'
import { given, prepared } from './prepared.ts'
import { accounts, members } from './schema.ts'

/** Everybody with an account on a platform. */
export async function peopleOn(
  tx: Tx,
  platform: Account['platform'],
  workspace: string,
): Promise<{ account: string; member: MemberRow }[]> {
  return queries(tx)
    .select({ account: accounts.account, member: members })
    .from(accounts)
    .innerJoin(members, eq(members.id, accounts.member))
    .where(and(eq(accounts.platform, platform), eq(accounts.workspace, workspace)))
    .orderBy(accounts.id)
}

/** How many people have an account, but none on these platforms. */
export async function peopleBeyond(tx: Tx, platforms: readonly PlatformName[]): Promise<number> {
  const reached = queries(tx)
    .select({ member: accounts.member })
    .from(accounts)
    .where(inArray(accounts.platform, [...platforms]))
  const [row] = await queries(tx)
    .select({ count: countDistinct(accounts.member) })
    .from(accounts)
    .where(notInArray(accounts.member, reached))
  return row?.count ?? 0
}

const seeing = prepared(on =>
  on
    .update(accounts)
    .set({ seenAt: sql`${given('at')}` })
    .where(
      and(
        eq(accounts.member, given('member')),
        eq(accounts.platform, given('platform')),
        eq(accounts.workspace, given('workspace')),
      ),
    ),
)
/** She was just active here: this is where she hears from the bot. */
export async function seen(
  tx: Tx,
  member: string,
  { platform, workspace }: Pick<Account, 'platform' | 'workspace'>,
  at: Temporal.Instant,
): Promise<void> {
  await seeing(tx).execute({ member, platform, workspace, at: at.epochMilliseconds })
}

/** Her name and zone, as her profile on the platform tells them now; what it does not tell stays. */
export async function followProfile(tx: Tx, account: Account): Promise<Member | undefined> {
  const known = await accountNamed(tx, account.platform, account.workspace, account.account)
  if (!known) return undefined
  // Whoever is known by her account only has not chosen a language yet: her profile's is a better guess than ours.
  const met = known.name !== account.account
  const locale = met ? known.locale : (account.locale ?? known.locale)
  const change = { name: account.name || known.name, timezone: account.timezone ?? known.timezone, locale }
  await changeMember(tx, known.id, change)
  return { ...known, ...change }
}
/** Forgets an account that was closed on its platform; whose it was. */
export async function closeAccount(tx: Tx, account: Account): Promise<Member | undefined> {
  const { platform, workspace } = account
  const known = await accountNamed(tx, platform, workspace, account.account)
  const native = and(eq(accounts.platform, platform), eq(accounts.workspace, workspace))
  await queries(tx)
    .delete(accounts)
    .where(and(native, eq(accounts.account, account.account)))
  return known
}

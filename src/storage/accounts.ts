import { and, eq } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { Account } from '#src/core/platform.ts'
import { queries } from './database.ts'
import type { MemberRow } from './members.ts'
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

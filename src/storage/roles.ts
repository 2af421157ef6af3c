import { and, eq, or } from 'drizzle-orm'
import type { Doing, Role, Tx } from '#src/core/feature.ts'
import { queries } from './database.ts'
import { newId } from './ids.ts'
import { type MemberRow, membersById } from './members.ts'
import { given, prepared } from './prepared.ts'
import { roles } from './schema.ts'

type Grant = Exclude<Role, Doing | 'anyone'>

const granted = prepared(on =>
  on
    .selectDistinct({ role: roles.role })
    .from(roles)
    .where(eq(roles.member, given('id')))
    .orderBy(roles.role),
)
export async function rolesOf(tx: Tx, id: string): Promise<Set<Role>> {
  const rows = await granted(tx).execute({ id })
  return new Set<Role>(['anyone', ...rows.map(row => row.role)])
}
const scoped = prepared(on =>
  on
    .select({ scope: roles.scope })
    .from(roles)
    .where(and(eq(roles.member, given('id')), eq(roles.role, given('role'))))
    .orderBy(roles.scope),
)
/** The communities or laboratories in which she has a role. */
export const scopesOf = async (tx: Tx, id: string, role: Grant): Promise<string[]> =>
  (await scoped(tx).execute({ id, role })).map(row => row.scope)

export const hasRole = async (tx: Tx, id: string, role: Grant, scope?: string): Promise<boolean> =>
  (await scopesOf(tx, id, role)).some(each => scope === undefined || each === scope || each === '')

/** Everyone with a role in a scope; a role for the whole programme counts everywhere. */
export async function withRole(tx: Tx, role: Grant, scope?: string): Promise<MemberRow[]> {
  const rows = await queries(tx)
    .selectDistinct({ id: roles.member })
    .from(roles)
    .where(and(eq(roles.role, role), scope === undefined ? undefined : or(eq(roles.scope, scope), eq(roles.scope, ''))))
  return membersById(
    tx,
    rows.map(row => row.id),
  )
}
export async function grant(tx: Tx, id: string, role: Grant, scope: string, now: Temporal.Instant): Promise<void> {
  const row = { id: newId(), member: id, role, scope, since: now.epochMilliseconds }
  await queries(tx).insert(roles).values(row).onConflictDoNothing()
}
export async function revoke(tx: Tx, id: string, role: Grant, scope: string): Promise<void> {
  await queries(tx)
    .delete(roles)
    .where(and(eq(roles.member, id), eq(roles.role, role), eq(roles.scope, scope)))
}

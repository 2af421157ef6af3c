import type { Tx } from '#src/core/feature.ts'
import { may } from '#src/core/help.ts'
import { member } from '#src/storage/members.ts'
import { organization } from '#src/storage/organizations.ts'
import { rolesOf, scopesOf } from '#src/storage/roles.ts'
import { insiders, type Standing } from './rules.ts'

/** What a person is, as far as practices are concerned. */
export async function standing(tx: Tx, id: string): Promise<Standing> {
  const roles = await rolesOf(tx, id)
  const own = (await member(tx, id))?.organization ?? null
  const kind = own ? (await organization(tx, own))?.kind : undefined
  return {
    id,
    inside: may(roles, insiders),
    administrator: roles.has('administrator'),
    coordinates: await scopesOf(tx, id, 'coordinator'),
    organization: own,
    economicOperator: roles.has('economic-operator') || kind === 'economic-operator',
  }
}

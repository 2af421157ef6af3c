import type { Tx } from '#src/core/feature.ts'
import { enroll, membership, communities as storedCommunities } from '#src/features/communities/store.ts'
import { laboratories as storedLaboratories } from '#src/features/laboratories/store.ts'
import { memberNamed } from '#src/storage/members.ts'
import { grant, revoke, scopesOf, withRole } from '#src/storage/roles.ts'
import type { Change, Entry, Role } from '../change.ts'
import { keyOf, type Memory } from '../memory.ts'
import type { Scene } from '../merge.ts'
import { startOf } from './days.ts'

export function roles({ tx, kit, now }: Scene): Entry[] {
  const role = (what: Role, name: string, of?: string): Entry => ({
    what,
    name,
    ...(of !== undefined && { of }),
    fields: {},
    find: async () => {
      const her = await memberNamed(tx, name)
      return her && (await scopesOf(tx, her.id, what)).includes(of ?? '') ? {} : undefined
    },
    save: async () => grant(tx, await idOf(tx, name), what, of ?? '', now),
  })
  return [
    ...kit.people.filter(({ administrator }) => administrator).map(({ person }) => role('administrator', person)),
    ...kit.people.filter(each => each.economic_operator).map(({ person }) => role('economic-operator', person)),
    ...kit.communities.flatMap(({ id, coordinators }) => coordinators.map(name => role('coordinator', name, id))),
    ...kit.laboratories.flatMap(({ id, operators }) => operators.map(name => role('operator', name, id))),
  ]
}

/** Who is in a community from the start. Whoever has left since stays out. */
export const members = ({ tx, kit, now }: Scene): Entry[] =>
  kit.communities.flatMap(({ id, since, members: names }) =>
    names.map(
      (name): Entry => ({
        what: 'member',
        name,
        of: id,
        once: true,
        fields: {},
        find: async () => {
          const her = await memberNamed(tx, name)
          return her && (await membership(tx, her.id, id)) ? {} : undefined
        },
        save: async () => enroll(tx, await idOf(tx, name), id, since === undefined ? now : startOf(since, kit)),
      }),
    ),
  )

/** Roles that an earlier kit gave and this one does not give. Those that came in another way stay. */
export async function endedRoles(
  tx: Tx,
  memory: Memory,
  next: Memory,
): Promise<{ change: Change; end: () => Promise<void> }[]> {
  const scopes: [Role, string][] = [
    ['administrator', ''],
    ['economic-operator', ''],
    ...(await storedCommunities(tx)).map(({ id }): [Role, string] => ['coordinator', id]),
    ...(await storedLaboratories(tx)).map(({ id }): [Role, string] => ['operator', id]),
  ]
  const ended = []
  for (const [what, scope] of scopes) {
    for (const { id, person: name } of await withRole(tx, what, scope)) {
      const about = { what, name: name ?? '', ...(scope && { of: scope }) }
      if (!(keyOf(about) in memory) || keyOf(about) in next) continue
      ended.push({ change: { kind: 'end' as const, ...about }, end: () => revoke(tx, id, what, scope) })
    }
  }
  return ended
}

async function idOf(tx: Tx, person: string): Promise<string> {
  const her = await memberNamed(tx, person)
  if (!her) throw new Error(`${person} of the kit is not there`)
  return her.id
}

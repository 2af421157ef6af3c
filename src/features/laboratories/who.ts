import type { Tx } from '#src/core/feature.ts'
import { hasRole, scopesOf } from '#src/storage/roles.ts'
import type { Person } from './rules.ts'

export async function personOf(tx: Tx, id: string): Promise<Person> {
  const [laboratories, communities, administrator] = await Promise.all([
    scopesOf(tx, id, 'operator'),
    scopesOf(tx, id, 'coordinator'),
    hasRole(tx, id, 'administrator'),
  ])
  return { id, laboratories, communities, administrator }
}

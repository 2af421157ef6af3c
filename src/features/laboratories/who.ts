import type { Tx } from '#src/core/feature.ts'
import { hasRole, scopesOf } from '#src/storage/roles.ts'
import type { Person } from './rules.ts'

export const personOf = async (tx: Tx, id: string): Promise<Person> => ({
  id,
  laboratories: await scopesOf(tx, id, 'operator'),
  communities: await scopesOf(tx, id, 'coordinator'),
  administrator: await hasRole(tx, id, 'administrator'),
})

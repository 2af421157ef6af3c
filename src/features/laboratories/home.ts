import type { Feature } from '#src/core/feature.ts'
import { listed } from './lists.ts'
import { personOf } from './who.ts'

/** Her queue, when she answers requests, and her own. */
export const home: NonNullable<Feature['home']> = async (member, world) => {
  const person = await personOf(world.tx, member.id)
  return [...(await listed('queue', person, member, world)), ...(await listed('mine', person, member, world))]
}

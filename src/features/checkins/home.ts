import type { Feature } from '#src/core/feature.ts'
import { prompt } from './messages.ts'
import { currentRound, hers, isOpen } from './round.ts'

/** Her open check-in, with a button for each thing that is hers. */
export const home: NonNullable<Feature['home']> = async (member, world) => {
  const round = await currentRound(world)
  if (!round || !isOpen(round, world.now) || hers(round, member.id).length === 0) return []
  return prompt(world.t(member), round, member.id, true).blocks
}

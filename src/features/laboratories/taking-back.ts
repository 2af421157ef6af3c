import type { World } from '#src/core/feature.ts'
import type { Of } from '#src/core/interaction.ts'
import { takeBack } from './personal.ts'
import { changeRequest, request as requestById, takeOrigin } from './requests/store.ts'
import { redrawCards } from './telling.ts'

/** What she took back where she wrote it goes from the request too, and from every message that repeated it. */
export async function forgetEvent({ event }: Of<'tookBack'>, world: World): Promise<void> {
  const taken = await takeOrigin(world.tx, event)
  if (!taken) return
  if (taken.words) return takeBack(taken.words, world)
  const request = await requestById(world.tx, taken.request)
  const after = request && (await changeRequest(world.tx, request, { need: '' }))
  if (after) await redrawCards(after, world)
}

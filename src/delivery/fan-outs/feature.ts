import type { Feature, World } from '#src/core/feature.ts'
import { type Of, type Reply, say, silence } from '#src/core/interaction.ts'
import { told } from './messages.ts'
import { tell } from './progress.ts'
import { type FanOut, fanOut, resumeFanOut, standingOf, stopFanOut } from './store.ts'

/** Stops what goes out to many, and lets it go on: for whoever started it. */
export const fanOutsFeature: Feature = {
  name: 'delivery',
  choices: {
    'delivery.stop': { for: ['anyone'], run: changed(stopFanOut, true) },
    'delivery.resume': { for: ['anyone'], run: changed(resumeFanOut, false) },
  },
}

function changed(change: (world: World['tx'], id: string) => Promise<void>, stopped: boolean) {
  return async ({ value, member }: Of<'choice'>, { tx, t, now }: World): Promise<Reply> => {
    const row: FanOut | undefined = await fanOut(tx, value)
    if (row?.starter !== member.id) return say(told(t(member)('delivery.gone')))
    await change(tx, value)
    await tell(tx, { ...row, stopped, standing: await standingOf(tx, value) }, now, t)
    return silence
  }
}

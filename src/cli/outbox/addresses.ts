import type { Tx } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import type { Translate } from '#src/core/message.ts'
import { spotOf } from '#src/delivery/letters.ts'
import type { Undelivered } from '#src/delivery/undelivered.ts'
import { member } from '#src/storage/members.ts'
import { boundPlace, placesCalled } from '#src/storage/places.ts'

/** The queues of every place that is called so, or has this address on its platform. */
export const queuesOf = async (tx: Tx, called: string): Promise<string[]> =>
  (await placesCalled(tx, called)).map(spotOf)

/** Where a message goes, as whoever runs the bot knows it. */
export async function addressed(tx: Tx, { place, member: id }: Undelivered, t: Translate): Promise<string> {
  if (place?.direct) return t.plain(t('shell.outbox.direct', { platform: place.platform }))
  if (place) return `${place.platform} ${await nameOf(tx, place)}`
  const her = id === null ? undefined : await member(tx, id)
  return t.plain(her?.name ? t('shell.outbox.to', { name: her.name }) : t('shell.outbox.toNobody'))
}

const nameOf = async (tx: Tx, place: Place): Promise<string> => (await boundPlace(tx, place))?.name ?? place.id

import type { Tx } from '#src/core/feature.ts'
import { communities } from '#src/features/communities/store.ts'
import { laboratories } from '#src/features/laboratories/store.ts'
import { placesFor } from '#src/storage/places.ts'
import { withRole } from '#src/storage/roles.ts'

/** A sentence about what has nobody in charge, and the short names of it in the kit. */
export interface Unattended {
  key: 'kit.unattended.communities' | 'kit.unattended.laboratories'
  names: string[]
}

/** What a kit may leave without anybody, so that whoever applies it hears of it: empty when all have somebody. */
export async function unattended(tx: Tx): Promise<Unattended[]> {
  const uncoordinated: string[] = []
  for (const { id } of await communities(tx))
    if ((await withRole(tx, 'coordinator', id)).length === 0) uncoordinated.push(id)
  const unstaffed: string[] = []
  for (const { id } of await laboratories(tx)) {
    const isRead = (await placesFor(tx, 'laboratory', id)).length > 0
    if (!isRead && (await withRole(tx, 'operator', id)).length === 0) unstaffed.push(id)
  }
  const found: Unattended[] = [
    { key: 'kit.unattended.communities', names: uncoordinated },
    { key: 'kit.unattended.laboratories', names: unstaffed },
  ]
  return found.filter(({ names }) => names.length > 0)
}

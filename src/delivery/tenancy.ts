import type { Tx } from '#src/core/feature.ts'
import type { Store } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { dropLeases, takeLeases } from '#src/storage/leases.ts'

/** Which queues this process works on, where others share the work: in each, one process at a time. */
export interface Tenancy {
  /** Takes queues; those that are ours now, for a minute from now. */
  own(tx: Tx, queues: readonly string[]): Promise<ReadonlySet<string>>
  /** Gives up the queues of ours that are not to be kept. */
  keepOnly(tx: Tx, kept: (queue: string) => boolean): Promise<void>
  /** Takes what is ours for another minute: sending may take long. */
  renew(): Promise<void>
  leave(): Promise<void>
}

/** Milliseconds. Whoever dies is succeeded after so long. */
const LEASE = 60_000
export const RENEWED = LEASE / 3

const alone: Tenancy = {
  own: async (_, queues) => new Set(queues),
  keepOnly: async () => {},
  renew: async () => {},
  leave: async () => {},
}

export function tenancy(store: Store, shared: boolean): Tenancy {
  if (!shared) return alone
  const owner = newId()
  // What a rolled back transaction took stands here too: giving it up is no harm.
  const ours = new Set<string>()
  const named = (queue: string): string => `queue:${queue}`
  return {
    own: async (tx, queues) => {
      const names = await takeLeases(tx, queues.map(named), owner, LEASE)
      const taken = queues.filter(queue => names.has(named(queue)))
      for (const queue of taken) ours.add(queue)
      return new Set(taken)
    },
    keepOnly: async (tx, kept) => {
      const left = [...ours].filter(queue => !kept(queue))
      await dropLeases(tx, owner, left.map(named))
      for (const queue of left) ours.delete(queue)
    },
    renew: async () => {
      if (ours.size > 0) await store.transaction(tx => takeLeases(tx, [...ours].map(named), owner, LEASE))
    },
    leave: () => store.transaction(tx => dropLeases(tx, owner)),
  }
}

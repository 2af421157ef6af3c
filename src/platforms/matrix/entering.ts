import { Busy } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import type { Addresses } from './addresses.ts'
import { patiently } from './patience.ts'
import type { Wire } from './wire.ts'

/** How the bot gets into the places that it was given. */
export interface Entering {
  /** Goes in where it may; later, where it is asked to wait. */
  all(): Promise<void>
  /** Whether it has still to go into a place. */
  awaits(address: string): boolean
}
export interface EnteringOptions {
  wire: Wire
  addresses: Addresses
  given: () => Promise<string[]>
  log: Log
  stopping: AbortSignal
}

export function enteringOn({ wire, addresses, given, log, stopping }: EnteringOptions): Entering {
  const waiting = new Set<string>()
  const enter = async (address: string): Promise<void> => {
    const id = await addresses.idOf(address)
    if (id && !wire.room(id)) await wire.join(id)
  }
  const uninvited = (place: string, error: unknown): void =>
    log.warn({ place, error }, 'the bot has to be invited to a place')
  const later = async (): Promise<void> => {
    for (const address of waiting) {
      await patiently(() => enter(address), stopping).catch(error => uninvited(address, error))
      waiting.delete(address)
    }
  }
  const now = async (address: string): Promise<void> => {
    // Once asked to wait, it does not ask again for the others at once.
    if (waiting.size > 0) return void waiting.add(address)
    await enter(address).catch(error => (error instanceof Busy ? void waiting.add(address) : uninvited(address, error)))
  }
  return {
    awaits: address => waiting.has(address),
    all: async () => {
      for (const address of await given()) await now(address)
      void later()
    },
  }
}

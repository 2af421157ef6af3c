import { backOff } from '#src/core/back-off.ts'
import { Busy, Undeliverable } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import type { Addresses } from './addresses.ts'
import { pause } from './patience.ts'
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
  const enter = async (place: string): Promise<void> => {
    const id = await addresses.idOf(place)
    if (id && !wire.room(id)) await wire.join(id)
  }
  /** Goes in where it may. Where it is asked to wait, it does not ask for the others at once: it returns for how many milliseconds. */
  const round = async (): Promise<number> => {
    for (const place of waiting) {
      try {
        await enter(place)
        waiting.delete(place)
      } catch (error) {
        if (error instanceof Busy) return error.seconds * 1000
        if (error instanceof Undeliverable) waiting.delete(place)
        log.warn(
          { place, error },
          waiting.has(place) ? 'a place cannot be entered yet' : 'the bot has to be invited to a place',
        )
      }
    }
    return 0
  }
  const again = async (asked: number): Promise<void> => {
    for (let attempts = 1, rest = asked; waiting.size > 0; attempts += 1) {
      if (!(await pause(rest || backOff(attempts), stopping))) return
      rest = await round()
    }
  }
  return {
    awaits: address => waiting.has(address),
    all: async () => {
      for (const address of await given()) waiting.add(address)
      void again(await round())
    },
  }
}

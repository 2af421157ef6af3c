import { backOff } from '#src/core/back-off.ts'
import { Busy, Undeliverable } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import type { Addresses } from './addresses.ts'
import { serverOf } from './names.ts'
import { pause } from './patience.ts'
import type { Wire } from './wire.ts'

/** How the bot gets into the places that it was given. */
export interface Entering {
  /** Goes in where it may; later, where it is asked to wait. */
  all(): Promise<void>
  /** Goes into one more, and tries until it is there. */
  enter(place: string): void
  /** Whether it has still to go into a place. */
  awaits(address: string | undefined): boolean
}
export interface EnteringOptions {
  wire: Wire
  addresses: Addresses
  given: () => Promise<string[]>
  log: Log
  stopping: AbortSignal
}

/** Places that are tried together: where one is asked to wait, the others of its party wait too. */
type Party = Set<string>

/** Whether it need not be tried again: it is there, which takes a sync after the bot was let in, or nobody has that name. */
async function goInto(
  place: string,
  { wire, addresses }: Pick<EnteringOptions, 'wire' | 'addresses'>,
): Promise<boolean> {
  const id = await addresses.idOf(place)
  if (id === undefined || wire.room(id)) return true
  await wire.join(id, serverOf(place, ''))
  return wire.room(id) !== undefined
}

export function enteringOn(options: EnteringOptions): Entering {
  const { given, log, stopping } = options
  const parties = new Set<Party>()
  /** Goes in where it may. Where it is asked to wait, it does not ask for the others at once: it returns for how many milliseconds. */
  const round = async (party: Party): Promise<number> => {
    for (const place of party) {
      try {
        if (await goInto(place, options)) party.delete(place)
      } catch (error) {
        if (error instanceof Busy) return error.seconds * 1000
        if (error instanceof Undeliverable) party.delete(place)
        log.warn(
          { place, error },
          party.has(place) ? 'a place cannot be entered yet' : 'the bot has to be invited to a place',
        )
      }
    }
    return 0
  }
  const again = async (party: Party, asked: number): Promise<void> => {
    for (let attempts = 1, rest = asked; party.size > 0; attempts += 1) {
      if (!(await pause(rest || backOff(attempts), stopping))) return
      rest = await round(party)
    }
    parties.delete(party)
  }
  const begin = async (places: readonly string[]): Promise<void> => {
    const party = new Set(places)
    parties.add(party)
    void again(party, await round(party))
  }
  return {
    awaits: address => address !== undefined && [...parties].some(party => party.has(address)),
    all: async () => begin(await given()),
    enter: place => void begin([place]),
  }
}

import type { Member, Place } from '#src/core/interaction.ts'
import { type Intake, type Spot, Undeliverable } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { addressesOn } from './addresses.ts'
import { enteringOn } from './entering.ts'
import { serverOf } from './names.ts'
import type { Room, Wire } from './wire.ts'

/** Rooms as places. */
export interface Places {
  /** The place behind a room, for somebody who acts in it. */
  of(room: Room, member: Member): Promise<Place>
  /** The room behind a place. */
  room(place: Place): Promise<Room>
  /** Where a room is among the places, also when the bot is not in it any more. */
  spot(room: string): Promise<Spot>
  /** Looks up the places that the bot was given, and goes in where it may: later, where it is asked to wait. */
  enterAll(): Promise<void>
  /** Goes into one more room, and tries until it is there. */
  enter(room: string): void
}
export interface PlacesOptions {
  wire: Wire
  intake: Intake
  /** The addresses of the places that the bot knows: `#suape:example.org`, `!id:example.org`. */
  addresses: () => Promise<string[]>
  now: () => Temporal.Instant
  log: Log
  stopping: AbortSignal
}

export function placesOn({ wire, intake, addresses: given, now, log, stopping }: PlacesOptions): Places {
  const home = serverOf(wire.me, '')
  const addresses = addressesOn({ wire, given, now, log })
  const entering = enteringOn({ wire, addresses, given, log, stopping })
  return {
    of: async (room, member) => {
      if (room.direct !== undefined) return directPlace(room.id, room.direct, member)
      const address = await addresses.of(room)
      return intake.place('matrix', serverOf(address, home), address)
    },
    room: async ({ id: address }) => {
      const id = await addresses.idOf(address)
      const room = id === undefined ? undefined : wire.room(id)
      if (room) return room
      if (entering.awaits(address) || entering.awaits(id)) throw new Error(`the bot has yet to go into ${address}`)
      if (id === undefined) throw new Undeliverable(`nobody is called ${address}`)
      return wire.missing(id)
    },
    spot: async room => {
      const address = await addresses.of({ id: room, aliases: wire.room(room)?.aliases ?? [] })
      return { platform: 'matrix', workspace: serverOf(address, home), id: address }
    },
    enterAll: entering.all,
    enter: entering.enter,
  }
}

/** The direct conversation with an account. Its workspace is hers: where she is reached. */
export const directPlace = (
  room: string,
  user: string,
  { locale, timezone }: Pick<Place, 'locale' | 'timezone'>,
): Place => ({ platform: 'matrix', workspace: serverOf(user, ''), id: room, direct: true, locale, timezone })

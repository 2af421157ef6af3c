import type { Member, Place } from '#src/core/interaction.ts'
import type { Intake } from '#src/core/platform.ts'
import { Undeliverable } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import type { Room, Wire } from './wire.ts'

/** Rooms as places: the kit calls them by an alias, the homeserver by an id. */
export interface Places {
  /** The place behind a room, for somebody who acts in it. */
  of(room: Room, member: Member): Promise<Place>
  /** The room behind a place. */
  room(place: Place): Promise<Room>
  /** Looks up the aliases of the places that the bot was given, and goes in where it may. */
  enterAll(): Promise<void>
}
export interface PlacesOptions {
  wire: Wire
  intake: Intake
  /** The addresses of the places that the bot knows: `#suape:example.org`, `!id:example.org`. */
  addresses: () => Promise<string[]>
  log: Log
}

/** The server part of a name; an id of a recent room has none. */
export const serverOf = (name: string, otherwise: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? otherwise : name.slice(colon + 1)
}

export function placesOn({ wire, intake, addresses, log }: PlacesOptions): Places {
  const home = serverOf(wire.me, '')
  const rooms = new Map<string, string>()
  const lookUp = async (alias: string): Promise<string | undefined> => {
    const known = rooms.get(alias) ?? (await wire.named(alias))
    if (known) rooms.set(alias, known)
    return known
  }
  /** What a place is called that is this room: the address that the bot was given for it. */
  const addressOf = async (room: Room): Promise<string> => {
    const given = await addresses()
    const own = [room.id, ...room.aliases].find(each => given.includes(each))
    if (own) return own
    for (const alias of given) if (alias.startsWith('#') && (await lookUp(alias)) === room.id) return alias
    return room.id
  }
  const enter = async (address: string): Promise<void> => {
    const id = address.startsWith('#') ? await lookUp(address) : address
    if (!id || wire.room(id)) return
    await wire.join(id).catch(error => log.warn({ place: address, error }, 'the bot has to be invited to a place'))
  }
  return {
    of: async (room, member) => {
      if (room.direct !== undefined) return directPlace(room.id, room.direct, member)
      const address = await addressOf(room)
      return intake.place('matrix', serverOf(address, home), address)
    },
    room: async ({ id: address }) => {
      const id = address.startsWith('#') ? await lookUp(address) : address
      if (id === undefined) throw new Undeliverable(`nobody is called ${address}`)
      const room = wire.room(id)
      return room ?? wire.missing(id)
    },
    enterAll: async () => {
      for (const address of await addresses()) await enter(address)
    },
  }
}

/** The direct conversation with an account. Its workspace is hers: where she is reached. */
export const directPlace = (
  room: string,
  user: string,
  { locale, timezone }: Pick<Place, 'locale' | 'timezone'>,
): Place => ({ platform: 'matrix', workspace: serverOf(user, ''), id: room, direct: true, locale, timezone })

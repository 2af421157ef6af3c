import type { Room, Wire } from './wire.ts'

/** What rooms are called: the kit names them by an alias, the homeserver by an id. */
export interface Addresses {
  /** The room behind an address; undefined when nobody has that name. */
  idOf(address: string): Promise<string | undefined>
  /** The address that the bot was given for a room; its id when it was given none. */
  of(room: Pick<Room, 'id' | 'aliases'>): Promise<string>
  /** From now on, the names of a room may be another's. */
  forget(room: string): void
}

/** `given` are the addresses of the places that the bot knows: `#suape:example.org`, `!id:example.org`. */
export function addressesOn(wire: Wire, given: () => Promise<string[]>): Addresses {
  const rooms = new Map<string, string>()
  const idOf = async (address: string): Promise<string | undefined> => {
    if (!address.startsWith('#')) return address
    const known = rooms.get(address) ?? (await wire.named(address))
    if (known) rooms.set(address, known)
    return known
  }
  return {
    idOf,
    of: async room => {
      const all = await given()
      const own = [room.id, ...room.aliases].find(each => all.includes(each))
      if (own) return own
      for (const address of all) if ((await idOf(address)) === room.id) return address
      return room.id
    },
    forget: room => {
      for (const [alias, id] of rooms) if (id === room) rooms.delete(alias)
    },
  }
}

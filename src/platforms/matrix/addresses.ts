import type { Log } from '#src/core/ports.ts'
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
export interface AddressesOptions {
  wire: Pick<Wire, 'named'>
  /** The addresses of the places that the bot knows: `#suape:example.org`, `!id:example.org`. */
  given: () => Promise<string[]>
  now: () => Temporal.Instant
  log: Log
}

/** For so long it is remembered that an alias did not lead to a room, or could not be looked up, in milliseconds. */
const REMEMBERED = 60_000

export function addressesOn({ wire, given, now, log }: AddressesOptions): Addresses {
  const rooms = new Map<string, string>()
  const askAgainAt = new Map<string, number>()
  const look = async (alias: string): Promise<string | undefined> => {
    const id = await wire.named(alias)
    if (id === undefined) rooms.delete(alias)
    else rooms.set(alias, id)
    return id
  }
  const known = (address: string): string | undefined => (address.startsWith('#') ? rooms.get(address) : address)
  /** A server that is down keeps back the rooms that it has named, and no others. */
  const glance = async (alias: string): Promise<string | undefined> => {
    try {
      return await look(alias)
    } catch (error) {
      log.warn({ alias, error }, 'an alias cannot be looked up now')
      return undefined
    } finally {
      askAgainAt.set(alias, now().epochMilliseconds + REMEMBERED)
    }
  }
  const mayBeNews = (address: string): boolean =>
    address.startsWith('#') && !rooms.has(address) && (askAgainAt.get(address) ?? 0) <= now().epochMilliseconds
  return {
    idOf: async address => (!address.startsWith('#') || rooms.has(address) ? known(address) : look(address)),
    of: async room => {
      const all = await given()
      const own = [room.id, ...room.aliases].find(each => all.includes(each))
      const found = own ?? all.find(address => known(address) === room.id)
      if (found) return found
      for (const address of all.filter(mayBeNews)) if ((await glance(address)) === room.id) return address
      return room.id
    },
    forget: room => {
      for (const [alias, id] of rooms) if (id === room) rooms.delete(alias)
    },
  }
}

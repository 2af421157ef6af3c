import type { Log } from '#src/core/ports.ts'
import type { Room, Wire } from './wire.ts'

/** What rooms are called: the kit names them by an alias, the homeserver by an id. */
export interface Addresses {
  /** The room behind an address, as it goes on today; undefined when nobody has that name. */
  idOf(address: string): Promise<string | undefined>
  /** The address that the bot was given for a room; its id when it was given none. */
  of(room: Pick<Room, 'id' | 'aliases'>): Promise<string>
}
export interface AddressesOptions {
  wire: Pick<Wire, 'named' | 'room' | 'goesOn'>
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
  const today = (id: string | undefined): string | undefined => id && lastOf(id, wire)
  /** A name may have moved away from a room that was upgraded, or that the bot is not in. */
  const stays = (id: string | undefined): boolean =>
    id !== undefined && wire.room(id) !== undefined && wire.goesOn(id) === undefined
  const look = async (alias: string): Promise<string | undefined> => {
    const id = await wire.named(alias)
    if (id === undefined) rooms.delete(alias)
    else rooms.set(alias, id)
    return today(id)
  }
  const known = (address: string): string | undefined => today(address.startsWith('#') ? rooms.get(address) : address)
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
    address.startsWith('#') && !stays(rooms.get(address)) && (askAgainAt.get(address) ?? 0) <= now().epochMilliseconds
  return {
    idOf: async address => (!address.startsWith('#') || stays(rooms.get(address)) ? known(address) : look(address)),
    of: async room => {
      const all = await given()
      const own = [room.id, ...room.aliases].find(each => all.includes(each))
      const found = own ?? all.find(address => known(address) === room.id)
      if (found) return found
      for (const address of all.filter(mayBeNews)) if ((await glance(address)) === room.id) return address
      return room.id
    },
  }
}

/** The room in which another goes on after all its upgrades; `before` it in a row of them, so that a ring has an end. */
function lastOf(id: string, wire: Pick<Wire, 'goesOn'>, before: readonly string[] = []): string {
  const next = wire.goesOn(id)
  return next === undefined || before.includes(next) ? id : lastOf(next, wire, [...before, id])
}

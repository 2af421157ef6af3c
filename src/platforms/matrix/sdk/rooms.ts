import { ClientEvent, EventType, type MatrixClient, type Room as NativeRoom, SyncState } from 'matrix-js-sdk'
import { z } from 'zod'
import type { Room } from '../wire.ts'
import type { Directs } from './directs.ts'

const APPEARS_WITHIN = 30_000
/** A homeserver may begin with an old answer: so long after its first one, every room has come. */
const COMPLETE_AFTER = 10 * 60_000

/** A room as the bot uses it. With a third person in it, a direct conversation is one no more. */
export function known(native: NativeRoom, directs: Directs): Room {
  const other = native.getInvitedAndJoinedMemberCount() <= 2 ? directs.with(native.roomId) : undefined
  const canonical = native.getCanonicalAlias()
  return {
    id: native.roomId,
    ...(other && { direct: other }),
    aliases: [...(canonical ? [canonical] : []), ...native.getAltAliases()],
    encrypted: native.hasEncryptionStateEvent(),
  }
}

const moved = z.object({ replacement_room: z.string().startsWith('!') })

/** The rooms the bot is in and knows all about. */
export interface Rooms {
  /** Undefined while a sync is still bringing the room: nobody knows yet whether it is encrypted. */
  get(id: string): NativeRoom | undefined
  /** Whether the homeserver has told, since this start, which there are. */
  current(): boolean
  all(): NativeRoom[]
  /** Whether a room that is not there never will be: the bot has left it, or it has been unknown for too long. */
  lost(id: string): boolean
  /** The room that replaces an upgraded one. */
  goesOn(id: string): string | undefined
  /**
   * Resolves when the room is there, encrypted, and with somebody in it: a room that was just made comes in pieces, and what is
   * said before she is seen in it is sealed without her.
   */
  appears(id: string, user: string): Promise<void>
}

export function roomsOf(client: MatrixClient): Rooms {
  let ready = new Set<string>()
  let since: number | undefined
  const inside = (): NativeRoom[] => client.getRooms().filter(room => room.getMyMembership() === 'join')
  const settled = (state: SyncState, _before: SyncState | null, data?: { fromCache?: boolean }): void => {
    ready = new Set(inside().map(({ roomId }) => roomId))
    const isFresh = (state === SyncState.Prepared || state === SyncState.Syncing) && !data?.fromCache
    if (isFresh) since ??= Date.now()
  }
  client.on(ClientEvent.Sync, settled)
  const get = (id: string): NativeRoom | undefined => {
    const room = ready.has(id) ? client.getRoom(id) : null
    return room?.getMyMembership() === 'join' ? room : undefined
  }
  return {
    get,
    current: () => since !== undefined,
    lost: id => {
      const membership = client.getRoom(id)?.getMyMembership()
      const complete = since !== undefined && Date.now() - since > COMPLETE_AFTER
      return membership === 'leave' || membership === 'ban' || complete
    },
    goesOn: id => {
      const last = client.getRoom(id)?.currentState.getStateEvents(EventType.RoomTombstone, '')
      return moved.safeParse(last?.getContent()).data?.replacement_room
    },
    all: () => inside().filter(({ roomId }) => ready.has(roomId)),
    appears: (id, user) => appearing(client, id, () => isThere(get(id), user)),
  }
}

const isThere = (room: NativeRoom | undefined, user: string): boolean =>
  room?.hasEncryptionStateEvent() === true && room.getMember(user) !== null

/** Looks again at each sync. */
function appearing(client: MatrixClient, id: string, isThere: () => boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const look = (): void => {
    if (isThere()) resolve()
  }
  const timer = setTimeout(() => reject(new Error(`the room ${id} does not appear`)), APPEARS_WITHIN)
  client.on(ClientEvent.Sync, look)
  look()
  return promise.finally(() => {
    clearTimeout(timer)
    client.off(ClientEvent.Sync, look)
  })
}

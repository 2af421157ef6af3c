import { ClientEvent, EventType, type MatrixClient, type Room as NativeRoom } from 'matrix-js-sdk'
import { z } from 'zod'
import type { Room } from '../wire.ts'
import { asked } from './errors.ts'

const listed = z.record(z.string(), z.array(z.string()))
const APPEARS_WITHIN = 30_000

/** Which rooms are direct conversations: the account's `m.direct`, as every client keeps it. */
export interface Directs {
  with(room: string): string | undefined
  of(user: string): string[]
  mark(user: string, room: string): Promise<void>
}

export function directsOf(client: MatrixClient): Directs {
  // What was just written and has not come back from the homeserver yet.
  let fresh: Record<string, string[]> = {}
  const all = (): Record<string, string[]> => {
    const kept = listed.safeParse(client.getAccountData(EventType.Direct)?.getContent()).data ?? {}
    const users = new Set([...Object.keys(kept), ...Object.keys(fresh)])
    return Object.fromEntries([...users].map(user => [user, [...new Set([...(kept[user] ?? []), ...(fresh[user] ?? [])])]]))
  }
  return {
    with: room => Object.entries(all()).find(([, rooms]) => rooms.includes(room))?.[0],
    of: user => all()[user] ?? [],
    mark: async (user, room) => {
      if (all()[user]?.includes(room)) return
      fresh = { ...fresh, [user]: [...(fresh[user] ?? []), room] }
      await asked('note a direct conversation', () => client.setAccountDataRaw(EventType.Direct, all()))
    },
  }
}

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

/** Resolves when the stream has brought the room: before that, nobody knows whether it is encrypted. */
export async function appears(client: MatrixClient, id: string): Promise<NativeRoom> {
  const here = (): NativeRoom | undefined => {
    const room = client.getRoom(id)
    return room?.getMyMembership() === 'join' ? room : undefined
  }
  const found = here()
  if (found) return found
  const { promise, resolve, reject } = Promise.withResolvers<NativeRoom>()
  const look = (): void => {
    const room = here()
    if (room) resolve(room)
  }
  const timer = setTimeout(() => reject(new Error(`the room ${id} does not appear`)), APPEARS_WITHIN)
  client.on(ClientEvent.Sync, look)
  return promise.finally(() => {
    clearTimeout(timer)
    client.off(ClientEvent.Sync, look)
  })
}

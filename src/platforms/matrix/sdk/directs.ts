import { EventType, type MatrixClient, Method, type Room as NativeRoom, Preset } from 'matrix-js-sdk'
import { z } from 'zod'
import { Busy } from '#src/core/platform.ts'
import type { Wire } from '../wire.ts'
import { asked, isErrcode } from './errors.ts'
import type { Rooms } from './rooms.ts'

/** The rooms of direct conversations, by whom they are with. */
type Listed = Record<string, string[]>
const listed = z.record(z.string(), z.array(z.string()))

/** Which rooms are direct conversations: the account's `m.direct`, as every client keeps it. */
export interface Directs {
  with(room: string): string | undefined
  of(user: string): string[]
  /** What the homeserver says now: after a start, what was saved here may be older. */
  latest(user: string): Promise<string[]>
  mark(user: string, room: string): Promise<void>
}

export function directsOf(client: MatrixClient): Directs {
  // What was just written and has not come back from the homeserver yet.
  let fresh: Listed = {}
  const all = (): Listed =>
    joined(listed.safeParse(client.getAccountData(EventType.Direct)?.getContent()).data ?? {}, fresh)
  const path = `/user/${encodeURIComponent(client.getSafeUserId())}/account_data/${EventType.Direct}`
  const kept = (): Promise<Listed> => asked('m.direct', () => read(client, path))
  const write = async (user: string, room: string): Promise<void> => {
    const before = await kept()
    const marked = { [user]: [room] }
    if (!before[user]?.includes(room))
      await asked('m.direct', () => client.http.authedRequest(Method.Put, path, undefined, joined(before, marked)))
    fresh = joined(fresh, marked)
  }
  // One after another: each writes the whole list.
  let writing: Promise<void> = Promise.resolve()
  return {
    with: room => Object.entries(all()).find(([, rooms]) => rooms.includes(room))?.[0],
    of: user => all()[user] ?? [],
    latest: async user => (await kept())[user] ?? [],
    mark: (user, room) => {
      const written = writing.then(() => write(user, room))
      writing = written.catch(() => {})
      return written
    },
  }
}

async function read(client: MatrixClient, path: string): Promise<Listed> {
  try {
    return listed.safeParse(await client.http.authedRequest(Method.Get, path)).data ?? {}
  } catch (error) {
    if (isErrcode(error, 'M_NOT_FOUND')) return {} // nothing was ever marked
    throw error
  }
}

function joined(one: Listed, other: Listed): Listed {
  const users = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries(
    [...users].map(user => [user, [...new Set([...(one[user] ?? []), ...(other[user] ?? [])])]]),
  )
}

/** The direct conversation with somebody, made when there is none. Throws while one is on its way: made by her, or by the bot. */
export function openerOf(client: MatrixClient, rooms: Rooms, directs: Directs): Wire['openDirect'] {
  const opening = new Map<string, Promise<string>>()
  const made = makerOf(client, rooms, directs)
  const open = async (user: string, isAsking: () => boolean): Promise<string> => {
    const known = directs.of(user).find(id => isWith(rooms.get(id), user))
    if (known) return known
    // Looked at before the homeserver is asked, and after: the bot may go in meanwhile.
    const isAsked = isAsking()
    const came = await coming(user)
    if (!came && (isAsked || isAsking())) throw new Error(`the bot has yet to go where ${user} has asked it`)
    return came ?? made(user)
  }
  /** One that has not been heard of here, after a crash or a bad connection. Throws while a sync is still bringing it. */
  const coming = async (user: string): Promise<string | undefined> => {
    const there = await directs.latest(user)
    const inside = there.every(id => rooms.get(id)) ? [] : await joinedRooms(client)
    // What has come while the homeserver was asked is there now.
    const known = there.find(id => isWith(rooms.get(id), user))
    if (!known)
      allHere(
        there.filter(id => inside.includes(id)),
        rooms,
      )
    return known
  }
  return (user, isAsking) => {
    const opened = opening.get(user) ?? open(user, isAsking).finally(() => opening.delete(user))
    opening.set(user, opened)
    return opened
  }
}

/** After a room was asked for in vain, it may be there all the same; in milliseconds. */
const IN_DOUBT = 60_000

/** Makes a conversation with somebody who has none; once, also when the answer to that is lost. */
function makerOf(client: MatrixClient, rooms: Rooms, directs: Directs): (user: string) => Promise<string> {
  let doubted = Number.NEGATIVE_INFINITY
  const created = async (user: string): Promise<string> => {
    try {
      return (await asked('createRoom', () => client.createRoom(directRoom(user)))).room_id
    } catch (error) {
      if (!(error instanceof Busy)) doubted = performance.now()
      throw error
    }
  }
  return async user => {
    if (performance.now() - doubted < IN_DOUBT) allHere(await joinedRooms(client), rooms)
    const id = unmarked(rooms, user) ?? (await created(user))
    await directs.mark(user, id)
    await rooms.appears(id, user)
    return id
  }
}

const joinedRooms = async (client: MatrixClient): Promise<string[]> =>
  (await asked('joined_rooms', () => client.getJoinedRooms())).joined_rooms

/** Throws when a room that the bot is in has not come. */
function allHere(ids: readonly string[], rooms: Rooms): void {
  const unknown = ids.find(id => !rooms.get(id))
  if (unknown) throw new Error(`the room ${unknown} has not come yet`)
}

/** A room that the bot made for her, before it was cut off and could not say so. */
const unmarked = (rooms: Rooms, user: string): string | undefined =>
  rooms.all().find(room => {
    const invitation = room.getMember(user)?.events.member
    const meant = invitation?.getSender() === room.myUserId && invitation.getContent().is_direct === true
    return meant && isWith(room, user)
  })?.roomId

/** Whether this is still a conversation with her alone. Members are known lazily: who is not known has not left. */
const isWith = (room: NativeRoom | undefined, user: string): boolean =>
  room !== undefined &&
  room.getInvitedAndJoinedMemberCount() <= 2 &&
  !['leave', 'ban'].includes(room.getMember(user)?.membership ?? 'join')

const directRoom = (user: string): Parameters<MatrixClient['createRoom']>[0] => ({
  is_direct: true,
  invite: [user],
  preset: Preset.TrustedPrivateChat,
  initial_state: [{ type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }],
})

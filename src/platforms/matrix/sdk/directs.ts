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
    // Looked at before the homeserver is asked, and after: the bot may be asked in, and go, meanwhile.
    const [isAsked, marked] = [isAsking(), directs.of(user)]
    const came = await coming(user)
    const isOnWay = isAsked || isAsking() || directs.of(user).some(id => !marked.includes(id))
    if (!came && isOnWay) throw new Error(`the bot has yet to go where ${user} has asked it`)
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

/** So long after the homeserver answers again, in milliseconds, what was asked for in vain may still come. */
const IN_DOUBT = 60_000

/** Makes a conversation with somebody who has none; once, also when the answer to that is lost, or it could not be marked. */
function makerOf(client: MatrixClient, rooms: Rooms, directs: Directs): (user: string) => Promise<string> {
  /** What was made and is not marked yet. */
  const unmarkedYet = new Map<string, string>()
  /** For whom one was asked for in vain, and since when the homeserver answers again. */
  const doubts = new Map<string, number | undefined>()
  const created = async (user: string): Promise<string> => {
    try {
      return (await asked('createRoom', () => client.createRoom(directRoom(user)))).room_id
    } catch (error) {
      if (!(error instanceof Busy)) doubts.set(user, undefined)
      throw error
    }
  }
  const cleared = async (user: string): Promise<void> => {
    if (!doubts.has(user)) return
    const inside = await joinedRooms(client)
    const since = doubts.get(user) ?? performance.now()
    doubts.set(user, since)
    if (performance.now() - since < IN_DOUBT) allHere(inside, rooms, true)
  }
  return async user => {
    await cleared(user)
    const id = unmarkedYet.get(user) ?? unmarked(rooms, user) ?? (await created(user))
    unmarkedYet.set(user, id)
    await directs.mark(user, id)
    unmarkedYet.delete(user)
    doubts.delete(user)
    await rooms.appears(id, user)
    return id
  }
}

const joinedRooms = async (client: MatrixClient): Promise<string[]> =>
  (await asked('joined_rooms', () => client.getJoinedRooms())).joined_rooms

/** Throws when a room that the bot is in has not come; or, where it must be `whole`, one of its own in which nobody is seen yet. */
function allHere(ids: readonly string[], rooms: Rooms, whole = false): void {
  const isAlone = (room: NativeRoom): boolean =>
    room.getCreator() === room.myUserId && room.getInvitedAndJoinedMemberCount() < 2
  const unknown = ids.find(id => !rooms.get(id)) ?? (whole ? rooms.all().find(isAlone)?.roomId : undefined)
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

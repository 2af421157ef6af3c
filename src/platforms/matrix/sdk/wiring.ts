import { type MatrixClient, Method } from 'matrix-js-sdk'
import { Undeliverable } from '#src/core/platform.ts'
import { type Media, TooLarge, type Wire } from '../wire.ts'
import { type Directs, openerOf } from './directs.ts'
import { asked, isErrcode } from './errors.ts'
import { seal, unseal } from './media.ts'
import { known, type Rooms } from './rooms.ts'
import { sendEvent } from './send.ts'

/** How long somebody is seen to be typing, unless she stops before, in milliseconds. */
const TYPING = 15_000
/** How long the homeserver may take to hand over a file, in milliseconds. */
const FETCHING = 30_000

/** Everything the bot asks of the homeserver, as requests. */
export const wireOn = (
  client: MatrixClient,
  rooms: Rooms,
  directs: Directs,
): Omit<Wire, 'start' | 'stop' | 'up' | 'lag'> => ({
  ...looking(client, rooms, directs),
  ...saying(client, rooms),
  ...going(client, rooms, directs),
  ...courtesies(client),
})

/** Throws why a room is not there. */
function missing(rooms: Rooms, id: string): never {
  if (rooms.lost(id)) throw new Undeliverable(`the bot is not in ${id}`)
  throw new Error(`the room ${id} has not come yet`)
}

const at = (room: string, rest: string): string => `/rooms/${encodeURIComponent(room)}${rest}`

const looking = (
  client: MatrixClient,
  rooms: Rooms,
  directs: Directs,
): Pick<Wire, 'me' | 'current' | 'room' | 'rooms' | 'missing' | 'goesOn' | 'named' | 'nameOf'> => ({
  me: client.getSafeUserId(),
  current: rooms.current,
  room: id => {
    const room = rooms.get(id)
    return room && known(room, directs)
  },
  missing: id => missing(rooms, id),
  goesOn: rooms.goesOn,
  rooms: () => rooms.all().map(room => known(room, directs)),
  named: async alias => {
    try {
      return (await asked('alias', () => client.getRoomIdForAlias(alias))).room_id
    } catch (error) {
      if (isErrcode(error, 'M_NOT_FOUND')) return undefined // nobody has that name
      throw error
    }
  },
  nameOf: (user, room) =>
    (room ? client.getRoom(room)?.getMember(user)?.rawDisplayName : undefined) ??
    client.getUser(user)?.displayName ??
    user.slice(1, user.indexOf(':')),
})

const saying = (
  client: MatrixClient,
  rooms: Rooms,
): Pick<Wire, 'send' | 'takeBack' | 'ownReactions' | 'upload' | 'download'> => ({
  send: async (room, type, content, txn) => {
    const native = rooms.get(room)
    if (!native) return missing(rooms, room)
    return sendEvent(client, native, { type, content, txn })
  },
  takeBack: async (room, event, txn) => {
    const path = at(room, `/redact/${encodeURIComponent(event)}/${encodeURIComponent(txn)}`)
    await asked('redact', () => client.http.authedRequest(Method.Put, path, undefined, {}))
  },
  ownReactions: async (room, event) => {
    const { events } = await asked('relations', () =>
      client.relations(room, event, 'm.annotation', 'm.reaction', { limit: 100 }),
    )
    const own = events.filter(each => each.getSender() === client.getUserId() && !each.isRedacted())
    return new Map(own.map(each => [each.getRelation()?.key ?? '', each.getId() ?? '']))
  },
  upload: (room, file) => upload(client, rooms.get(room)?.hasEncryptionStateEvent() === true, file),
  download: (media, largest, stopping) => download(client, media, largest, stopping),
})

const going = (
  client: MatrixClient,
  rooms: Rooms,
  directs: Directs,
): Pick<Wire, 'openDirect' | 'markDirect' | 'join' | 'decline'> => ({
  openDirect: openerOf(client, rooms, directs),
  markDirect: directs.mark,
  join: async (room, via) => {
    await asked('join', () => client.joinRoom(room, via === '' ? {} : { viaServers: [via] }))
  },
  decline: async (room, reason) => {
    await asked('decline', () => client.http.authedRequest(Method.Post, at(room, '/leave'), undefined, { reason }))
  },
})

const courtesies = (client: MatrixClient): Pick<Wire, 'typing' | 'read'> => ({
  typing: async (room, on) => {
    const body = on ? { typing: true, timeout: TYPING } : { typing: false }
    const path = at(room, `/typing/${encodeURIComponent(client.getSafeUserId())}`)
    await asked('typing', () => client.http.authedRequest(Method.Put, path, undefined, body))
  },
  read: async (room, event) => {
    const path = at(room, `/receipt/m.read/${encodeURIComponent(event)}`)
    await asked('read', () => client.http.authedRequest(Method.Post, path, undefined, {}))
  },
})

async function upload(client: MatrixClient, hidden: boolean, file: { name: string; type: string; bytes: Uint8Array }) {
  const { sealed, keys } = hidden ? seal(file.bytes) : { sealed: file.bytes, keys: undefined }
  const { content_uri: url } = await asked('upload', () =>
    // In an encrypted room not even the name of the file is told.
    client.uploadContent(Buffer.from(sealed), {
      type: hidden ? 'application/octet-stream' : file.type,
      includeFilename: !hidden,
      ...(!hidden && { name: file.name }),
    }),
  )
  const media: Media = { url, ...(keys && { encrypted: { ...keys, url } }) }
  return media
}

async function download(
  client: MatrixClient,
  { url, encrypted }: Media,
  largest: number,
  stopping: AbortSignal,
): Promise<Uint8Array> {
  const address = client.mxcUrlToHttp(url, undefined, undefined, undefined, false, true, true)
  if (!address) throw new Undeliverable('no such file')
  const response = await fetch(address, {
    headers: { authorization: `Bearer ${client.getAccessToken()}` },
    signal: AbortSignal.any([AbortSignal.timeout(FETCHING), stopping]),
  })
  const { status } = response
  // Asked too much, or with a token that opens nothing any more: it is not the file's fault.
  if (status >= 400 && status < 500 && ![401, 408, 429].includes(status)) throw new Undeliverable(`download: ${status}`)
  if (!response.ok || !response.body) throw new Error(`download: ${status}`)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body) {
    size += part.length
    if (size > largest) throw new TooLarge()
    parts.push(part)
  }
  const bytes = Buffer.concat(parts)
  return encrypted ? unseal(bytes, encrypted) : bytes
}

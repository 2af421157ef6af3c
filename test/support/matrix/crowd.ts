// People on a real homeserver, each with a client that reads what is encrypted. They outlive the communities of a process: what
// costs is to let somebody in, and the keys of one device are enough for all that she is told.
import '#src/platforms/matrix/sdk/quiet.ts'
import {
  ClientEvent,
  createClient,
  type MatrixClient,
  type MatrixEvent,
  MatrixEventEvent,
  RoomEvent,
  RoomMemberEvent,
  SyncState,
} from 'matrix-js-sdk'
import { vi } from 'vitest'
import { type Homeserver, homeserver } from './homeserver.ts'

export interface Inhabitant {
  user: string
  token: string
  client: MatrixClient
}
/** What somebody sees of an event, once she can read it. */
export interface Sight {
  content: Record<string, unknown>
  by: Inhabitant
}
export interface Crowd {
  hs: Homeserver
  person(name: string): Promise<Inhabitant>
  /** Resolves when somebody has read it. */
  sight(event: string): Promise<Sight>
}

export const WITHIN = { timeout: 30_000, interval: 20 }

export function openCrowd(url: string): Crowd {
  const hs = homeserver(url)
  const people = new Map<string, Promise<Inhabitant>>()
  const sights = new Map<string, PromiseWithResolvers<Sight>>()
  const sightOf = (event: string): PromiseWithResolvers<Sight> => {
    const known = sights.get(event) ?? Promise.withResolvers<Sight>()
    sights.set(event, known)
    return known
  }
  const look = async (event: MatrixEvent, by: Inhabitant): Promise<void> => {
    await by.client.decryptEventIfNeeded(event)
    if (event.isDecryptionFailure()) event.once(MatrixEventEvent.Decrypted, () => void look(event, by))
    else sightOf(event.getId() ?? '').resolve({ content: event.getOriginalContent(), by })
  }
  return {
    hs,
    person: name => {
      const known = people.get(name) ?? enter(name, hs, look)
      people.set(name, known)
      return known
    },
    sight: event => sightOf(event).promise,
  }
}

/** Her account, which an earlier process may have made; only the newest of her devices is left. */
async function accountOf(name: string, hs: Homeserver): Promise<{ user: string; token: string; device: string }> {
  await hs.register(name).catch(() => undefined)
  const identifier = { type: 'm.id.user', user: name }
  const given = { type: 'm.login.password', identifier, password: `password of ${name}` }
  const login = () => hs.call('POST', '/_matrix/client/v3/login', '', given)
  const { access_token: old } = await login()
  await hs.call('POST', '/_matrix/client/v3/logout/all', String(old), {})
  const { user_id: user, access_token: token, device_id: device } = await login()
  return { user: String(user), token: String(token), device: String(device) }
}

async function enter(
  name: string,
  hs: Homeserver,
  look: (event: MatrixEvent, by: Inhabitant) => Promise<void>,
): Promise<Inhabitant> {
  const { user, token, device } = await accountOf(name, hs)
  const client = createClient({ baseUrl: hs.url, userId: user, deviceId: device, accessToken: token })
  const inhabitant = { user, token, client }
  await client.initRustCrypto({ useIndexedDB: false })
  client.on(RoomEvent.Timeline, (event, _room, toStart) => {
    if (!toStart && event.getSender() !== user) void look(event, inhabitant)
  })
  client.on(RoomMemberEvent.Membership, (_event, member) => {
    if (member.userId === user && member.membership === 'invite') void client.joinRoom(member.roomId).catch(() => {})
  })
  const prepared = Promise.withResolvers<void>()
  client.on(ClientEvent.Sync, state => {
    if (state === SyncState.Prepared) prepared.resolve()
  })
  await client.startClient({ initialSyncLimit: 50, threadSupport: false, disablePresence: true })
  await prepared.promise
  // Before others can find her device nobody can write to it in secret.
  const isPublished = async () => (await client.downloadKeysForUsers([user])).device_keys[user]?.[device] !== undefined
  await vi.waitUntil(isPublished, WITHIN)
  return inhabitant
}

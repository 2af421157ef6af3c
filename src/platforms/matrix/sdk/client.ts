import { join } from 'node:path'
import './quiet.ts'
import { ClientEvent, Filter, HttpApiEvent, MatrixClient, RoomMemberEvent, SyncState } from 'matrix-js-sdk'
import type { Memory } from '#src/core/memory.ts'
import { Refused } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import type { Ears, Wire } from '../wire.ts'
import { contactOf } from './contact.ts'
import { type Directs, directsOf } from './directs.ts'
import { keysOf, tellOnlyNews } from './keys.ts'
import { unhurried } from './listening.ts'
import { bytesOf, opening, secure } from './recovery.ts'
import { roomsOf } from './rooms.ts'
import { type Credentials, openSession } from './session.ts'
import { openIndexedDb, writeAhead } from './stores.ts'
import { openStream } from './stream.ts'
import { type Progress, SyncStore } from './sync-store.ts'
import { wireOn } from './wiring.ts'

export interface WireOptions extends Credentials {
  /** What the account is secured with, against the loss of the folder. */
  recoveryKey?: string | undefined
  /** Where device, keys and sync state are kept. */
  folder: string
  memory: Memory
  /** Whether something failed because of the database alone. */
  isUnable: (error: unknown) => boolean
  log: Log
}

/** Logs in, or takes up the device of an earlier run, and has its keys ready. Throws `Refused` when neither opens the account. */
export async function openWire(options: WireOptions): Promise<Wire & { readonly client: MatrixClient }> {
  const { folder, homeserver, recoveryKey, log } = options
  if (recoveryKey !== undefined && !bytesOf(recoveryKey)) throw new Refused('Matrix', 'MATRIX_RECOVERY_KEY')
  openIndexedDb(folder)
  const { user, device, token, seal } = await openSession(folder, options)
  let progress: Progress = { received: () => 0, written: () => 0 }
  const store = new SyncStore(join(folder, `sync-${device}.sqlite`), () => progress, log)
  // Without a scheduler nothing is retried behind the outbox's back.
  const client = new MatrixClient({
    baseUrl: homeserver,
    userId: user,
    deviceId: device,
    accessToken: token,
    store,
    fetchFn: unhurried(),
    disableVoip: true,
    cryptoCallbacks: opening(recoveryKey),
  })
  await client.initRustCrypto({ cryptoDatabasePrefix: `keys/${device}`, storageKey: Buffer.from(seal, 'base64') })
  writeAhead(folder)
  lighten(client)
  client.on(HttpApiEvent.SessionLoggedOut, () => log.error({ user }, 'the homeserver has logged the bot out'))
  const directs = directsOf(client)
  const rooms = roomsOf(client)
  const start = async (ears: Ears): Promise<void> => {
    const stream = openStream({ ...options, client, heard: ears.heard })
    progress = stream
    await listen(client, ears, directs)
    await secured(client, options)
    await stream.resume()
    stopStream = stream.stop
  }
  let stopStream = async (): Promise<void> => {}
  const stop = async (): Promise<void> => {
    client.stopClient()
    await stopStream()
    await store.save(true)
  }
  return { ...wireOn(client, rooms, directs), ...contactOf(client), client, start, stop }
}

/** Less than the SDK does for people, of which a bot has no use. */
function lighten(client: MatrixClient): void {
  tellOnlyNews(keysOf(client))
  // Nobody calls a bot: for each room a session of calls would be kept.
  client.matrixRTC.start = () => {}
}

/** Without it the bot works all the same, as long as its folder is not lost: whoever runs it hears of it, here and from `doctor`. */
async function secured(client: MatrixClient, { recoveryKey, password, log }: WireOptions): Promise<void> {
  if (recoveryKey === undefined) return
  try {
    await secure(client, { recoveryKey, password }, log)
  } catch (error) {
    log.error({ error }, 'the device could not be secured with the recovery key')
  }
}

/** Of a room, what the bot and its keys need to know. Who is typing or has read what would only wake it up. */
const WANTED = {
  presence: { types: [] },
  room: {
    timeline: { limit: 100 },
    state: {
      lazy_load_members: true,
      types: [
        'm.room.canonical_alias',
        'm.room.create',
        'm.room.encryption',
        'm.room.history_visibility',
        'm.room.member',
        'm.room.name',
        'm.room.tombstone',
      ],
    },
    ephemeral: { types: [] },
    account_data: { types: [] },
  },
}

/** Resolves when it knows its rooms; then come the invitations that were waiting. */
async function listen(client: MatrixClient, ears: Ears, directs: Directs): Promise<void> {
  const me = client.getSafeUserId()
  const invited = (room: string, by: string | undefined, direct: boolean): void => {
    if (by) void ears.invited({ room, by, direct: direct || directs.with(room) !== undefined })
  }
  client.on(RoomMemberEvent.Membership, (event, member) => {
    if (member.userId === me && member.membership === 'invite')
      invited(member.roomId, event.getSender(), event.getContent().is_direct === true)
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  // What was saved may be older than the last room the bot came into: only a fresh sync tells where it is.
  const prepared = (state: SyncState, _before: SyncState | null, data?: { fromCache?: boolean }): void => {
    if ((state !== SyncState.Prepared && state !== SyncState.Syncing) || data?.fromCache) return
    client.off(ClientEvent.Sync, prepared)
    resolve()
  }
  client.on(ClientEvent.Sync, prepared)
  await client.startClient({
    initialSyncLimit: 1,
    filter: Filter.fromJson(me, '', WANTED),
    lazyLoadMembers: true,
    threadSupport: false,
    disablePresence: true,
    includeArchivedRooms: false,
    pollTimeout: 30_000,
  })
  return promise
}

// Somebody on Matrix with a client of the same make as the bot's, but none of the bot's code: what she sees is what was sent.
import '#src/platforms/matrix/sdk/quiet.ts'
import {
  ClientEvent,
  createClient,
  type MatrixClient,
  type MatrixEvent,
  MsgType,
  Preset,
  RoomEvent,
  SyncState,
  Visibility,
} from 'matrix-js-sdk'
import { expect } from 'vitest'
import type { Registered } from './homeserver.ts'
import { note, type Seen } from './seen.ts'

export interface MatrixPerson {
  user: string
  client: MatrixClient
  /** Writes to the bot alone, or in a room. Returns the event's id. */
  says(text: string, where?: { in?: string; thread?: string; answersTo?: string; mentions?: string }): Promise<string>
  /** Says each line when the bot has answered the one before; what it said to the last. */
  tells(...lines: string[]): Promise<Seen>
  /** Reacts with the number of a choice. */
  presses(number: number, on: Seen): Promise<void>
  /** Sends a file to the bot alone. */
  sends(name: string, bytes: Uint8Array): Promise<void>
  takesBack(event: string, room?: string): Promise<void>
  /** Everything the bot has said that she can see, oldest first; of one room. */
  seen(room?: string): Seen[]
  /** What it said to her alone. */
  direct(): Promise<string>
  /** Waits until the bot has said this, where she sees it, after what she `heard` before. */
  hears(what: RegExp | string, room?: string): Promise<Seen>
  /** The numbers that the bot has put on a message, in the order in which it did. */
  numbersOn(message: Seen): Promise<string[]>
  stop(): void
}

export interface PersonOptions {
  homeserver: string
  account: Registered
  bot: string
  encrypted: boolean
}

const WITHIN = { timeout: 60_000, interval: 50 }

export async function matrixPerson({ homeserver, account, bot, encrypted }: PersonOptions): Promise<MatrixPerson> {
  const client = createClient({
    baseUrl: homeserver,
    userId: account.user,
    deviceId: account.device,
    accessToken: account.token,
  })
  await client.initRustCrypto({ useIndexedDB: false })
  const seen = new Map<string, Seen>()
  const edits: MatrixEvent[] = []
  client.on(RoomEvent.Timeline, (event, _room, toStart) => {
    if (!toStart && event.getSender() === bot) void note(event, client, seen, edits)
  })
  const prepared = Promise.withResolvers<void>()
  client.on(ClientEvent.Sync, state => {
    if (state === SyncState.Prepared) prepared.resolve()
  })
  await client.startClient({ initialSyncLimit: 50, threadSupport: false })
  await prepared.promise
  await expect.poll(() => published(client, account), WITHIN).toBe(true)

  let room: string | undefined
  const joinInvited = async (): Promise<void> => {
    for (const each of client.getRooms()) if (each.getMyMembership() === 'invite') await client.joinRoom(each.roomId)
  }
  const mine = async (): Promise<string> => {
    await joinInvited()
    const shared = client
      .getRooms()
      .find(
        each => each.getMyMembership() === 'join' && each.getInvitedAndJoinedMemberCount() === 2 && each.getMember(bot),
      )
    room ??= shared?.roomId ?? (await openDirect(client, bot, encrypted))
    return room
  }
  let heard = 0
  const list = (where?: string): Seen[] => [...seen.values()].filter(each => where === undefined || each.room === where)
  const answered = async (): Promise<Seen> => {
    const before = heard
    const where = await mine()
    await expect
      .poll(() => [...seen.values()].slice(before).some(each => each.room === where && !each.unreadable), WITHIN)
      .toBe(true)
    return list(where).at(-1)!
  }
  const self: MatrixPerson = {
    user: account.user,
    client,
    direct: mine,
    seen: list,
    tells: async (...lines) => {
      let last: Seen | undefined
      for (const line of lines) {
        await self.says(line)
        last = await answered()
      }
      return last!
    },
    says: async (text, { in: where, thread, answersTo, mentions } = {}) => {
      const target = where ?? (await mine())
      heard = seen.size
      const relation = {
        ...(thread && { rel_type: 'm.thread', event_id: thread }),
        ...(answersTo && { 'm.in_reply_to': { event_id: answersTo } }),
      }
      const content = {
        msgtype: MsgType.Text as const,
        body: text,
        ...(mentions && { 'm.mentions': { user_ids: [mentions] } }),
        ...(Object.keys(relation).length > 0 && { 'm.relates_to': relation }),
      }
      const sent = await client.sendMessage(target, content as never)
      return sent.event_id
    },
    presses: async (number, on) => {
      heard = seen.size
      const relation = { rel_type: 'm.annotation', event_id: on.id, key: `${number}\uFE0F\u20E3` }
      await client.sendEvent(on.room, 'm.reaction' as never, { 'm.relates_to': relation } as never)
    },
    sends: async (name, bytes) => {
      const target = await mine()
      heard = seen.size
      const { seal } = await import('#src/platforms/matrix/sdk/media.ts')
      const sealed = encrypted ? seal(bytes) : undefined
      const { content_uri: url } = await client.uploadContent(Buffer.from(sealed?.sealed ?? bytes), { name })
      const where = sealed ? { file: { ...sealed.keys, url } } : { url }
      const info = { size: bytes.length, mimetype: 'text/plain' }
      await client.sendMessage(target, { msgtype: MsgType.File, body: name, filename: name, info, ...where } as never)
    },
    takesBack: async (event, where) => void (await client.redactEvent(where ?? (await mine()), event)),
    hears: async (what, where) => {
      const fits = (): Seen | undefined =>
        list(where)
          .slice()
          .reverse()
          .find(each => (typeof what === 'string' ? each.body.includes(what) : what.test(each.body)))
      await expect
        .poll(async () => {
          await joinInvited()
          return fits()
            ? 'heard'
            : `${account.user} heard ${JSON.stringify(
                list(where)
                  .map(({ body }) => body)
                  .slice(heard),
              )}, not ${what}`
        }, WITHIN)
        .toBe('heard')
      return fits()!
    },
    numbersOn: async message => {
      const { events } = await client.relations(message.room, message.id, 'm.annotation', 'm.reaction')
      const newestFirst = events.filter(each => each.getSender() === bot).map(each => each.getRelation()?.key ?? '')
      return newestFirst.toReversed()
    },
    stop: () => client.stopClient(),
  }
  return self
}

/** Whether others can find her device: before that, nobody can write to it in secret. */
async function published(client: MatrixClient, { user, device }: Registered): Promise<boolean> {
  const { device_keys: keys } = await client.downloadKeysForUsers([user])
  return keys[user]?.[device] !== undefined
}

async function openDirect(client: MatrixClient, bot: string, encrypted: boolean): Promise<string> {
  const { room_id: id } = await client.createRoom({
    is_direct: true,
    invite: [bot],
    preset: Preset.TrustedPrivateChat,
    visibility: Visibility.Private,
    initial_state: encrypted
      ? [{ type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }]
      : [],
  })
  await expect.poll(() => client.getRoom(id)?.getMember(bot)?.membership, WITHIN).toBe('join')
  if (encrypted) await expect.poll(() => client.getRoom(id)?.hasEncryptionStateEvent(), WITHIN).toBe(true)
  return id
}

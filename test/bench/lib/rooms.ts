// Rooms on a homeserver, and somebody who writes to bots in them with nothing but requests.
import type { Homeserver, Registered } from '#test/support/matrix/homeserver.ts'

const AT_ONCE = 6

/** So many private rooms of `host`, with these accounts in each. */
export async function makeRooms(hs: Homeserver, host: Registered, inside: Registered[], count: number): Promise<void> {
  let left = count
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await makeRoom(hs, host, inside)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

export async function makeRoom(
  hs: Homeserver,
  host: Registered,
  inside: Registered[],
  direct = false,
): Promise<string> {
  const { room_id: room } = await hs.call('POST', '/_matrix/client/v3/createRoom', host.token, {
    preset: 'private_chat',
    is_direct: direct,
    ...(!direct && { name: 'A room' }),
    invite: inside.map(({ user }) => user),
  })
  for (const { token } of inside) await hs.call('POST', `/_matrix/client/v3/join/${String(room)}`, token, {})
  return String(room)
}

export interface Writer {
  /** Writes in a room; how long it takes until `bot` answers there, in milliseconds. */
  asks(room: string, bot: string, text: string): Promise<number>
  stop(): void
}
interface Sync {
  next_batch: string
  rooms?: { join?: Record<string, { timeline: { events: { sender: string; type: string }[] } }> }
}

/** Listens with a sync of its own, so that nobody else's speed is measured. */
export async function writer(hs: Homeserver, { token }: Registered): Promise<Writer> {
  const filter = encodeURIComponent(JSON.stringify({ room: { state: { types: [] }, ephemeral: { types: [] } } }))
  const ending = new AbortController()
  let heard: (room: string, sender: string) => void = () => {}
  const sync = async (since: string, wait: number): Promise<Sync> =>
    (await hs.call(
      'GET',
      `/_matrix/client/v3/sync?filter=${filter}&timeout=${wait}${since && `&since=${since}`}`,
      token,
    )) as unknown as Sync
  let { next_batch: since } = await sync('', 0)
  const listen = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const { next_batch, rooms } = await sync(since, 1000)
      since = next_batch
      for (const [room, { timeline }] of Object.entries(rooms?.join ?? {}))
        for (const { sender, type } of timeline.events) if (type === 'm.room.message') heard(room, sender)
    }
  }
  void listen()
  let count = 0
  return {
    stop: () => ending.abort(),
    asks: async (room, bot, body) => {
      const answered = Promise.withResolvers<void>()
      heard = (where, sender) => where === room && sender === bot && answered.resolve()
      const start = performance.now()
      count += 1
      const path = `/_matrix/client/v3/rooms/${room}/send/m.room.message/bench${count}`
      await hs.call('PUT', path, token, { msgtype: 'm.text', body })
      await answered.promise
      return performance.now() - start
    },
  }
}

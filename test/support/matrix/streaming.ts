// The stream of the SDK's own client, on a homeserver that answers as the test says.
import { ClientEvent, EventType, MatrixClient, MatrixEvent, Room, RoomEvent, SyncState } from 'matrix-js-sdk'
import { type CryptoBackend, DecryptionError } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js'
import { DecryptionFailureCode } from 'matrix-js-sdk/lib/crypto-api/index.js'
import { onTestFinished, vi } from 'vitest'
import '#src/platforms/matrix/sdk/quiet.ts'
import { openStream } from '#src/platforms/matrix/sdk/stream.ts'
import type { Heard } from '#src/platforms/matrix/wire.ts'
import { isUnable } from '#src/storage/failures.ts'

export const ROOM = '!room:example.org'
export type Answer = { status: number; body: object | string } | Error | 'hangs'

/** The pauses between two attempts are the test's. */
export function patience(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], fakeNodeBuiltins: true })
  onTestFinished(() => void vi.useRealTimers())
}

export const aMessage = (id: string, more: object = {}) => ({
  ...{ event_id: id, room_id: ROOM, sender: '@ada:example.org', type: EventType.RoomMessage },
  ...{ origin_server_ts: Date.now(), content: { msgtype: 'm.text', body: id }, ...more },
})
/** As it comes when its key does not. */
export const aSealed = (id: string) => aMessage(id, { type: EventType.RoomMessageEncrypted, content: {} })

export interface StreamingOptions {
  /** What the homeserver says to a path. */
  answers?: (path: string) => Answer
  /** Called with each event; what it throws befalls its writing down. */
  writes?: (event: Heard) => void
  /** What an earlier run has kept. */
  kept?: Map<string, unknown>
  /** Whatever the memory is asked fails with this, while it is there. */
  amiss?: { memory?: Error | undefined }
}

export function streaming({ answers, writes, kept = new Map(), amiss = {} }: StreamingOptions = {}) {
  const heard: string[] = []
  const asked: string[] = []
  const errors: string[] = []
  const locked = new Set<string>()
  const client = new MatrixClient({
    baseUrl: 'https://example.org',
    userId: '@animatore:example.org',
    accessToken: 'token',
    fetchFn: async url => {
      const path = decodeURIComponent(new URL(String(url)).pathname)
      asked.push(path)
      return answered(answers?.(path) ?? { status: 404, body: { errcode: 'M_NOT_FOUND' } })
    },
  })
  const crypto = opening(locked)
  Object.assign(client, { cryptoBackend: crypto })
  const room = new Room(ROOM, client, '@animatore:example.org')
  const remembers = <T>(value: T): T => {
    if (amiss.memory) throw amiss.memory
    return value
  }
  const stream = openStream({
    client,
    isUnable,
    log: { info: () => {}, warn: () => {}, error: (_, what) => void errors.push(what) },
    memory: {
      get: async name => remembers(kept.get(name)),
      set: async entries => {
        for (const [name, value] of Object.entries(remembers(entries))) kept.set(name, value)
      },
      startingWith: async () => [],
    },
    heard: async event => {
      writes?.(event)
      heard.push(event.id)
    },
  })
  const whole = (): void => void client.emit(ClientEvent.Sync, SyncState.Syncing, SyncState.Syncing)
  const comes = (raw: ReturnType<typeof aMessage>, { alone = true } = {}): MatrixEvent => {
    const event = new MatrixEvent(raw)
    if (event.isEncrypted()) locked.add(raw.event_id)
    client.emit(RoomEvent.Timeline, event, room, false, false, { liveEvent: true, timeline: room.getLiveTimeline() })
    if (alone) whole()
    return event
  }
  return {
    ...{
      stream: { ...stream, settled: () => stream.received() === stream.written() },
      heard,
      asked,
      errors,
      kept,
      amiss,
      comes,
      whole,
      locked,
    },
    /** A sync left out what came before it. */
    gap: () => {
      room.getLiveTimeline().setPaginationToken('before', 'b' as never)
      client.emit(RoomEvent.TimelineReset, room, room.getUnfilteredTimelineSet(), true)
      whole()
    },
    /** The key of an event comes. */
    opens: async (event: MatrixEvent) => {
      locked.delete(event.getId() ?? '')
      await event.attemptDecryption(crypto, { isRetry: true })
    },
  }
}

/** A client's own decryption, as far as an event asks for it. */
const opening = (locked: ReadonlySet<string>) =>
  ({
    decryptEvent: async event => {
      if (locked.has(event.getId() ?? ''))
        throw new DecryptionError(DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID, 'no key has come')
      return { clearEvent: { type: EventType.RoomMessage, content: { msgtype: 'm.text', body: event.getId() } } }
    },
  }) as Pick<CryptoBackend, 'decryptEvent'> as CryptoBackend

function answered(answer: Answer): Promise<Response> {
  if (answer === 'hangs') return new Promise(() => {})
  if (answer instanceof Error) return Promise.reject(answer)
  const { status, body } = answer
  if (typeof body === 'string') return Promise.resolve(new Response(body, { status }))
  return Promise.resolve(Response.json(body, { status }))
}

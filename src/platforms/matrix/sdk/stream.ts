import { setTimeout as wait } from 'node:timers/promises'
import { type IEvent, type MatrixClient, MatrixEvent, MatrixEventEvent, type Room, RoomEvent } from 'matrix-js-sdk'
import { Direction } from 'matrix-js-sdk/lib/models/event-timeline.js'
import { z } from 'zod'
import type { Memory } from '#src/core/memory.ts'
import type { Log } from '#src/core/ports.ts'
import type { Heard } from '../wire.ts'

/** Nothing older is answered: it is not looked for either. */
const OLDEST = 24 * 60 * 60 * 1000
const PAGE = 100
/** So many pages back, in one gap of one room. */
const MOST_PAGES = 50

/** So often is tried to write down what came; the pauses grow from half a second to half a minute. */
const ATTEMPTS = 8

/** What is heard, in order; what is missing is fetched. */
export interface Stream {
  /** Nothing that was received still has to be written down. */
  settled(): boolean
  /** Resolves when what came is written down, or cannot be now: then it is not settled, and comes again. */
  stop(): Promise<void>
  /** What could not be read when it came, and perhaps can be now. */
  resume(): Promise<void>
}
export interface StreamOptions {
  client: MatrixClient
  memory: Memory
  log: Log
  heard: (event: Heard) => Promise<void>
}
interface Flow extends StreamOptions {
  /** The last event received in each room: where a gap ends. */
  last: Map<string, string>
  queue: (work: () => Promise<void>) => void
  stopping: AbortSignal
  owed: Owed[]
}

const owing = z.object({ id: z.string(), room: z.string(), at: z.number() })
/** An event whose key has not come yet. */
type Owed = z.infer<typeof owing>

export function openStream(options: StreamOptions): Stream {
  const { client } = options
  const ending = new AbortController()
  let waiting = 0
  let tail: Promise<void> = Promise.resolve()
  const queue = (work: () => Promise<void>): void => {
    waiting += 1
    tail = tail.then(async () => {
      if (await insisted(work, flow)) waiting -= 1
    })
  }
  const flow: Flow = { ...options, last: new Map(), queue, owed: [], stopping: ending.signal }
  client.on(RoomEvent.Timeline, (event, room, toStart, _removed, data) => {
    if (!toStart && data.liveEvent) queue(() => take(event, flow))
    if (!toStart && room) flow.last.set(room.roomId, event.getId() ?? '')
  })
  client.on(RoomEvent.TimelineReset, (room, timelines) => {
    if (!room || timelines !== room.getUnfilteredTimelineSet()) return
    const end = flow.last.get(room.roomId)
    const from = room.getLiveTimeline().getPaginationToken(Direction.Backward)
    if (end !== undefined && from !== null) queue(() => fill(room, from, end, flow))
  })
  return {
    settled: () => waiting === 0,
    stop: async () => {
      ending.abort()
      await tail
    },
    resume: () => resume(flow),
  }
}

/**
 * What cannot be done now, because the database or the homeserver does not answer, is tried again, and all that came after
 * waits. False when the bot stops before it is done.
 */
async function insisted(work: () => Promise<void>, { log, stopping }: Flow): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work()
      return true
    } catch (error) {
      if (attempt === ATTEMPTS) log.error({ error }, 'an event could not be taken in')
      else log.warn({ error, attempt }, 'an event cannot be taken in yet')
      if (attempt === ATTEMPTS) return true
    }
    const cut = await wait(250 * 2 ** attempt, false, { signal: stopping }).catch(() => true)
    if (cut) return false
  }
}

/** Reads an event and passes it on; one that cannot be read yet is owed, and passed on when its key comes. */
async function take(event: MatrixEvent, flow: Flow): Promise<void> {
  if (event.getSender() === flow.client.getUserId() || event.localTimestamp < Date.now() - OLDEST) return
  await flow.client.decryptEventIfNeeded(event)
  if (!event.isDecryptionFailure()) return flow.heard(read(event, flow.client))
  await note(event, flow)
  event.on(MatrixEventEvent.Decrypted, () => {
    if (event.isDecryptionFailure() || !flow.owed.some(({ id }) => id === event.getId())) return
    flow.queue(async () => {
      await flow.heard(read(event, flow.client))
      await forget(event, flow)
    })
  })
}

async function note(event: MatrixEvent, flow: Flow): Promise<void> {
  const one = { id: event.getId() ?? '', room: event.getRoomId() ?? '', at: event.localTimestamp }
  if (flow.owed.some(({ id }) => id === one.id)) return
  flow.owed.push(one)
  flow.log.warn({ event: one.id, room: one.room }, 'an event cannot be read yet')
  await flow.memory.set({ owed: flow.owed })
}
async function forget(event: MatrixEvent, flow: Flow): Promise<void> {
  flow.owed = flow.owed.filter(({ id, at }) => id !== event.getId() && at > Date.now() - OLDEST)
  await flow.memory.set({ owed: flow.owed })
}

async function resume(flow: Flow): Promise<void> {
  const kept = z.array(owing).safeParse(await flow.memory.get('owed'))
  for (const { id, room, at } of kept.data ?? []) {
    if (at < Date.now() - OLDEST || flow.owed.some(each => each.id === id)) continue
    const raw = await flow.client.fetchRoomEvent(room, id).catch(() => undefined)
    if (!raw) continue // gone, or out of reach: nothing is left to answer
    flow.owed.push({ id, room, at })
    const event = new MatrixEvent({ ...raw, room_id: room })
    flow.queue(async () => {
      await take(event, flow)
      if (!event.isDecryptionFailure()) await forget(event, flow)
    })
  }
}

/** A sync carries so many events of a room and drops those before: they are paged back to, as far as what is known. */
async function fill(room: Room, from: string, end: string, flow: Flow): Promise<void> {
  const missed: Partial<IEvent>[] = []
  let token: string | undefined = from
  for (let page = 0; token !== undefined && page < MOST_PAGES; page += 1) {
    const { chunk, end: next } = await flow.client.createMessagesRequest(room.roomId, token, PAGE, Direction.Backward)
    const known = chunk.findIndex(({ event_id: id, origin_server_ts: at }) => id === end || at < Date.now() - OLDEST)
    missed.push(...(known < 0 ? chunk : chunk.slice(0, known)))
    token = known < 0 && chunk.length > 0 ? next : undefined
  }
  flow.log.info({ room: room.roomId, events: missed.length }, 'a gap was filled')
  for (const raw of missed.toReversed()) await take(new MatrixEvent({ ...raw, room_id: room.roomId }), flow)
}

function read(event: MatrixEvent, client: MatrixClient): Heard {
  const room = event.getRoomId() ?? ''
  const mine = client.getRoom(room)?.getMember(client.getUserId() ?? '')?.events.member
  const stateKey = event.getStateKey()
  const redacts = event.getAssociatedId()
  return {
    id: event.getId() ?? '',
    room,
    type: event.getType(),
    sender: event.getSender() ?? '',
    content: event.getContent(),
    age: Math.max(0, Date.now() - event.localTimestamp),
    ...(stateKey !== undefined && { stateKey, before: event.getPrevContent() }),
    ...(event.isRedaction() && redacts && { redacts }),
    beforeMe: mine !== undefined && event.localTimestamp < mine.localTimestamp,
  }
}

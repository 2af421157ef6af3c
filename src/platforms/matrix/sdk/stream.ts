import {
  ClientEvent,
  type IEvent,
  type MatrixClient,
  MatrixEvent,
  MatrixEventEvent,
  type Room,
  RoomEvent,
} from 'matrix-js-sdk'
import { Direction } from 'matrix-js-sdk/lib/models/event-timeline.js'
import type { Memory } from '#src/core/memory.ts'
import { OLDEST } from '../hear.ts'
import type { Heard } from '../wire.ts'
import { type Insisting, insisted, isGone, unlessStopped } from './insist.ts'
import { type Owed, type OwedList, owedIn } from './owed.ts'

const PAGE = 100
/** So many pages back, in one gap of one room. */
const MOST_PAGES = 50

/** What is heard, in order; what is missing is fetched. */
export interface Stream {
  /** How much was received. */
  received(): number
  /** How much of it is written down, which happens in order. */
  written(): number
  /** Resolves when what came is written down, or cannot be now: then it comes again. */
  stop(): Promise<void>
  /** From now on, what could not be read when it came is asked for again: perhaps it can be now. */
  resume(): Promise<void>
}
export interface StreamOptions extends Omit<Insisting, 'stopping'> {
  client: MatrixClient
  memory: Memory
  heard: (event: Heard) => Promise<void>
}
interface Flow extends StreamOptions, Insisting {
  /** The last event received in each room: where a gap ends. */
  last: Map<string, string>
  queue: (work: () => Promise<void>) => void
  owed: OwedList
}

export function openStream(options: StreamOptions): Stream {
  const { client } = options
  const ending = new AbortController()
  let [received, written, cut] = [0, 0, false]
  let tail: Promise<void> = Promise.resolve()
  const queue = (work: () => Promise<void>): void => {
    received += 1
    tail = tail.then(async () => {
      // Where one is cut off, those behind it are not done before it: they come again together.
      if (!cut && (await insisted(work, flow))) written += 1
      else cut = true
    })
  }
  const flow: Flow = { ...options, last: new Map(), queue, owed: owedIn(options.memory), stopping: ending.signal }
  // Until the sync that brings it is whole, the room it was said in may not be known yet.
  const whole = syncsOf(client)
  const queueOfSync = (work: () => Promise<void>, come = whole()): void =>
    queue(() => unlessStopped(come, ending.signal).then(work))
  // Before anything is heard: what is noted is added to what an earlier run was owed.
  queue(flow.owed.open)
  client.on(RoomEvent.Timeline, (event, room, toStart, _removed, data) => {
    if (!toStart && data.liveEvent) queueOfSync(() => take(event, flow))
    if (!toStart && room) flow.last.set(room.roomId, event.getId() ?? '')
  })
  client.on(RoomEvent.TimelineReset, (room, timelines) => {
    if (!room || timelines !== room.getUnfilteredTimelineSet()) return
    const end = flow.last.get(room.roomId)
    const from = room.getLiveTimeline().getPaginationToken(Direction.Backward)
    if (end !== undefined && from !== null) queueOfSync(() => fill(room, from, end, flow))
  })
  return {
    received: () => received,
    written: () => written,
    stop: async () => {
      ending.abort()
      await tail
    },
    resume: async () => queue(async () => resume(flow)),
  }
}

/** Resolves when what the client is being told now has been told. */
function syncsOf(client: MatrixClient): () => Promise<void> {
  let sync = Promise.withResolvers<void>()
  client.on(ClientEvent.Sync, () => {
    sync.resolve()
    sync = Promise.withResolvers()
  })
  return () => sync.promise
}

/** Reads an event and passes it on; one that cannot be read yet is owed, and passed on when its key comes. */
async function take(event: MatrixEvent, flow: Flow): Promise<void> {
  if (event.getSender() === flow.client.getUserId() || event.localTimestamp < Date.now() - OLDEST) return
  await flow.client.decryptEventIfNeeded(event)
  if (event.isDecryptionFailure()) return owe(event, flow)
  await flow.heard(read(event, flow.client))
  await flow.owed.forget(event.getId() ?? '')
}

async function owe(event: MatrixEvent, flow: Flow): Promise<void> {
  const { owed, log, queue } = flow
  const one = { id: event.getId() ?? '', room: event.getRoomId() ?? '', at: event.localTimestamp }
  if (!owed.has(one.id)) log.warn({ event: one.id, room: one.room }, 'an event cannot be read yet')
  await owed.note(one)
  const come = (): void => {
    if (!event.isDecryptionFailure()) queue(async () => void (owed.has(one.id) && (await take(event, flow))))
  }
  event.on(MatrixEventEvent.Decrypted, come)
  come() // its key may have come while it was noted
}

/** What is owed is asked for again, one by one. */
function resume(flow: Flow): void {
  for (const one of flow.owed.all()) flow.queue(() => askAgain(one, flow))
}

async function askAgain({ id, room }: Owed, flow: Flow): Promise<void> {
  if (!flow.owed.has(id)) return
  const { client, stopping, owed } = flow
  const raw = await unlessGone(unlessStopped(client.fetchRoomEvent(room, id), stopping), { event: id, room }, flow)
  const event = raw && new MatrixEvent({ ...raw, room_id: room })
  if (event) await take(event, flow)
  if (!event?.isDecryptionFailure()) await owed.forget(id)
}

/** Undefined when the homeserver itself says that it is not there: then there is nothing left to fetch. */
async function unlessGone<T>(answer: Promise<T>, what: object, { log }: Flow): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (!isGone(error)) throw error
    log.warn({ error, ...what }, 'what is missing is not there any more')
    return undefined
  }
}

/** A sync carries so many events of a room and drops those before: they are paged back to, as far as what is known. */
async function fill(room: Room, from: string, end: string, flow: Flow): Promise<void> {
  const { client, stopping } = flow
  const missed: Partial<IEvent>[] = []
  let token: string | undefined = from
  for (let page = 0; token !== undefined && page < MOST_PAGES; page += 1) {
    const asked = client.createMessagesRequest(room.roomId, token, PAGE, Direction.Backward)
    const answer = await unlessGone(unlessStopped(asked, stopping), { room: room.roomId }, flow)
    const { chunk, end: next } = answer ?? { chunk: [] }
    const known = chunk.findIndex(({ event_id: id, origin_server_ts: at }) => id === end || at < Date.now() - OLDEST)
    missed.push(...(known < 0 ? chunk : chunk.slice(0, known)))
    token = known < 0 && chunk.length > 0 ? next : undefined
  }
  flow.log.info({ room: room.roomId, events: missed.length }, 'a gap was filled')
  for (const raw of missed.toReversed()) {
    const event = new MatrixEvent({ ...raw, room_id: room.roomId })
    // Each by itself: one that is given up takes no other with it.
    if (!(await insisted(() => take(event, flow), flow))) stopping.throwIfAborted()
  }
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

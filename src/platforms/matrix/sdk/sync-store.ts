import { setImmediate as immediate } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { type IRooms, type ISyncData, type ISyncResponse, SyncAccumulator } from 'matrix-js-sdk'
import type { ISavedSync } from 'matrix-js-sdk/lib/store/index.js'
import { MemoryStore } from 'matrix-js-sdk/lib/store/memory.js'
import type { Log } from '#src/core/ports.ts'
import type { Stream } from './stream.ts'

/** In milliseconds. After a crash, what came since the last save comes again, and is recognised. */
const SAVE_EVERY = 30_000
/** Of what was said in a room the end is kept: from there on, what is missing is fetched. */
const TAIL = { maxTimelineEntries: 1 }

/** How much of what came is written down. */
export type Progress = Pick<Stream, 'received' | 'written'>
type Members = NonNullable<Awaited<ReturnType<MemoryStore['getOutOfBandMembers']>>>

/**
 * The sync state, room by room on the disk: a save writes the rooms in which something happened, and nothing is held twice in
 * memory. Saved as far as everything that came is written down, so that no event can be lost with it. What cannot be written throws
 * nothing: the SDK would listen no more.
 */
export class SyncStore extends MemoryStore {
  readonly #progress: () => Progress
  readonly #kept: Kept
  readonly #log: Log
  /** What came since the last save, and how much had been received with it. */
  #fresh: { sync: ISyncResponse; received: number }[] = []
  // The first sync is saved at once: without a token, Synapse may answer the next start from its cache, and rooms be missing.
  #last = 0

  constructor(file: string, progress: () => Progress, log: Log) {
    super()
    this.#kept = keptIn(file)
    this.#progress = progress
    this.#log = log
  }
  override async isNewlyCreated(): Promise<boolean> {
    return this.#kept.get('token') === undefined
  }
  override async getClientOptions(): Promise<{ lazyLoadMembers: true }> {
    return { lazyLoadMembers: true }
  }
  override async getSavedSyncToken(): Promise<string | null> {
    return this.#kept.get('token') ?? null
  }
  override async getSavedSync(): Promise<ISavedSync | null> {
    const nextBatch = this.#kept.get('token')
    if (nextBatch === undefined) return null
    const roomsData = nowhere()
    for (const room of this.#kept.rooms()) gather(roomsData, parsed(room))
    return { nextBatch, roomsData, accountData: parsedAccount(this.#kept.get('account')) }
  }
  override async setSyncData(sync: ISyncResponse): Promise<void> {
    this.#fresh.push({ sync, received: this.#progress().received() })
  }
  override wantsSave(): boolean {
    return Date.now() - this.#last > SAVE_EVERY
  }
  override async save(force?: boolean): Promise<void> {
    if (!(force || this.wantsSave())) return
    // What nobody waits for, an answer that comes back for instance, is written down by then.
    await immediate()
    const written = this.#progress().written()
    const done = this.#fresh.filter(({ received }) => received <= written).map(({ sync }) => sync)
    const newest = done.at(-1)
    if (!newest) return
    this.#last = Date.now()
    const saved = this.#can(() => this.#kept.write(() => this.#write(done, newest.next_batch)))
    // What is not saved now is saved with what comes.
    if (saved) this.#fresh = this.#fresh.slice(done.length)
  }
  /** False when the disk does not take it now. */
  #can(work: () => void): boolean {
    const log = this.#log
    try {
      work()
      return true
    } catch (error) {
      log.warn({ error }, 'the sync state could not be saved')
      return false
    }
  }
  #write(fresh: readonly ISyncResponse[], token: string): void {
    for (const room of new Set(fresh.flatMap(({ rooms }) => idsIn(rooms)))) {
      const now = after(this.#kept.get(`room ${room}`), fresh, room)
      this.#kept.set(`room ${room}`, now)
      if (now === undefined) this.#kept.set(`members ${room}`, undefined)
    }
    this.#kept.set('account', accountAfter(this.#kept.get('account'), fresh))
    this.#kept.set('token', token)
  }
  override async getOutOfBandMembers(room: string): Promise<Members | null> {
    const kept = this.#kept.get(`members ${room}`)
    const members: Members | null = kept === undefined ? null : JSON.parse(kept)
    return members
  }
  override async setOutOfBandMembers(room: string, members: Members): Promise<void> {
    this.#can(() => this.#kept.set(`members ${room}`, JSON.stringify(members)))
  }
  override async clearOutOfBandMembers(room: string): Promise<void> {
    this.#can(() => this.#kept.set(`members ${room}`, undefined))
  }
  override async deleteAllData(): Promise<void> {
    await super.deleteAllData()
    this.#fresh = []
    this.#kept.clear()
  }
}

/** Texts by their names, in a file. */
interface Kept {
  get(name: string): string | undefined
  /** Keeps it; forgets it, without. */
  set(name: string, text: string | undefined): void
  rooms(): IterableIterator<string>
  /** All of it, or nothing. */
  write(work: () => void): void
  clear(): void
}

function keptIn(file: string): Kept {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.exec('create table if not exists kept (name text primary key, text text not null) without rowid')
  const [get, rooms] = [
    database.prepare<[string], string>('select text from kept where name = ?').pluck(),
    database.prepare<[], string>("select text from kept where name glob 'room *'").pluck(),
  ]
  const set = database.prepare('insert into kept values (?, ?) on conflict do update set text = excluded.text')
  const forget = database.prepare('delete from kept where name = ?')
  return {
    get: name => get.get(name),
    set: (name, text) => void (text === undefined ? forget.run(name) : set.run(name, text)),
    rooms: () => rooms.iterate(),
    write: work => database.transaction(work)(),
    clear: () => void database.exec('delete from kept'),
  }
}

const nowhere = (): IRooms => ({ join: {}, invite: {}, leave: {}, knock: {} })

function gather(all: IRooms, { join, invite, leave, knock }: Partial<IRooms>): void {
  Object.assign(all.join, join)
  Object.assign(all.invite, invite)
  Object.assign(all.leave, leave)
  Object.assign(all.knock, knock)
}

const idsIn = (rooms: Partial<IRooms> = {}): string[] => Object.values(rooms).flatMap(each => Object.keys(each))

const parsed = (text: string): Partial<IRooms> => JSON.parse(text)
const parsedAccount = (text: string | undefined): ISyncData['accountData'] =>
  text === undefined ? [] : JSON.parse(text)

/** A room as it is after what came; undefined when the account has left it. */
function after(kept: string | undefined, fresh: readonly ISyncResponse[], room: string): string | undefined {
  const accumulator = new SyncAccumulator(TAIL)
  const add = (rooms: Partial<IRooms>, fromDisk: boolean): void =>
    accumulator.accumulate({ next_batch: '-', account_data: { events: [] }, rooms: only(rooms, room) }, fromDisk)
  if (kept !== undefined) add(parsed(kept), true)
  for (const { rooms } of fresh) add(rooms ?? {}, false)
  const { roomsData } = accumulator.getJSON(true)
  return idsIn(roomsData).length > 0 ? JSON.stringify(roomsData) : undefined
}

/** What is told of one room. */
function only({ join, invite, leave, knock }: Partial<IRooms>, room: string): IRooms {
  const rooms = nowhere()
  if (join?.[room]) rooms.join[room] = join[room]
  if (invite?.[room]) rooms.invite[room] = invite[room]
  if (leave?.[room]) rooms.leave[room] = leave[room]
  if (knock?.[room]) rooms.knock[room] = knock[room]
  return rooms
}

function accountAfter(kept: string | undefined, fresh: readonly ISyncResponse[]): string {
  const events = [...parsedAccount(kept), ...fresh.flatMap(({ account_data: account }) => account?.events ?? [])]
  return JSON.stringify([...new Map(events.map(event => [event.type, event])).values()])
}

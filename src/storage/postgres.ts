import type { Tx } from '#src/core/feature.ts'
import type { Snapshot, Store, StoreOptions } from './database.ts'
import { codeOf } from './failures.ts'
import { migratePostgres, refuseNewer } from './migrations-postgres.ts'
import { alone, insist, turns, within } from './turns.ts'
import { Disconnected, openWire, type Session, type Wire } from './wire.ts'

/** Connections that only read, besides the one that writes: a process never has more than these. */
const READERS = 3

/** A process that hangs in the middle of a transaction must not hold what it took for longer, in milliseconds. */
const writing: Session = { idle_in_transaction_session_timeout: 60_000 }
const reading: Session = { default_transaction_read_only: true }

/** Opens a PostgreSQL database with all migrations applied. A server that does not answer is waited for. */
export async function openPostgres(url: string, options: StoreOptions = {}): Promise<Store> {
  await insist(() => migratePostgres(url), isAway, options.patience)
  const writer = line(() => openWire(url, writing))
  const readers = Array.from({ length: READERS }, () => line(() => openWire(url, reading)))
  const inTurn = turns()
  let reads = 0
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    insist(
      async () => {
        reads += 1
        return work((await readers[reads % READERS]!.wire()).queries)
      },
      isAway,
      options.patience,
    )
  const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    insist(() => attempt(writer, work, options), passes(), options.patience)
  return {
    engine: 'postgres',
    address: url,
    transaction: work => {
      alone()
      return inTurn(() => within(() => transact(work)))
    },
    read: work => {
      alone()
      return read(work)
    },
    version: () => ({}), // who asks the server has read already
    close: () =>
      inTurn(async () => {
        await Promise.all([writer, ...readers].map(each => each.close()))
      }),
  }
}

/** One moment of a database: every read sees what was there at the first. */
export async function snapshotOfPostgres(url: string): Promise<Snapshot> {
  const wire = await openWire(url, reading)
  try {
    await refuseNewer(wire)
    await wire.run('begin isolation level repeatable read read only')
  } catch (error) {
    await wire.close()
    throw error
  }
  return { read: work => work(wire.queries), close: wire.close }
}

/** A connection that is opened when it is needed, and again after it broke. */
interface Line {
  wire(): Promise<Wire>
  close(): Promise<void>
}
function line(open: () => Promise<Wire>): Line {
  let current: Promise<Wire> | undefined
  const fresh = (): Promise<Wire> => {
    current = open()
    current.catch(() => {
      current = undefined
    })
    return current
  }
  return {
    wire: async () => {
      const wire = await (current ?? fresh())
      if (!wire.broken) return wire
      await wire.close()
      return fresh()
    },
    close: async () => void (await (await current?.catch(() => undefined))?.close()),
  }
}

/**
 * Handlers read before they write, so each is to run as if alone, as it does on SQLite: PostgreSQL's serializable level sees to
 * that, by refusing one of two that got into each other's way.
 */
async function attempt<T>(writer: Line, work: (tx: Tx) => Promise<T>, options: StoreOptions): Promise<T> {
  const wire = await writer.wire()
  const state: { done?: { result: T; id: unknown } } = {}
  try {
    await wire.run('begin isolation level serializable')
    const result = await work(wire.queries)
    const [row] = await wire.run('select pg_current_xact_id_if_assigned()::text as id')
    state.done = { result, id: row?.id }
    await wire.run('commit')
  } catch (error) {
    if (!wire.broken && !isAway(error)) await wire.run('rollback')
    // When only the answer to the commit is missing, the server knows what became of it.
    if (!state.done?.id || !isAway(error) || !(await wasCommitted(writer, String(state.done.id)))) throw error
  }
  if (state.done.id) options.committed?.()
  return state.done.result
}

/** Asks until the server knows: it may notice later than we do that we are gone. */
const wasCommitted = (writer: Line, id: string): Promise<boolean> =>
  insist(async () => {
    const [row] = await (await writer.wire()).ask('select pg_xact_status($1::xid8) as status', [id])
    if (row?.status === 'in progress') throw new Disconnected(`transaction ${id} is still open`)
    return row?.status === 'committed'
  }, isAway)

/** One of two transactions that got into each other's way: it goes well when it is run again. */
const CONFLICTS = new Set(['40001', '40P01'])
/** Two that made the same row at once may hear of it like this: the second finds the row when it is run again. */
const DUPLICATE = '23505'
const TRIES = 3

function passes(): (error: unknown) => boolean {
  let tries = 0
  return error => {
    const code = codeOf(error) ?? ''
    if (code === DUPLICATE) tries += 1
    return CONFLICTS.has(code) || (code === DUPLICATE && tries < TRIES) || isAway(error)
  }
}

/** Nobody answers, hangs up, is starting or stopping, or has no room for another connection. */
export const isAway = (error: unknown): boolean =>
  error instanceof Disconnected ||
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|CONNECT|08|57P0[1235]|25P03|53300)/.test(codeOf(error) ?? '')

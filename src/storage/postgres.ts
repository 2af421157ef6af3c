import type { Tx } from '#src/core/feature.ts'
import type { Snapshot, Store, StoreOptions } from './database.ts'
import { codeOf, Disconnected, isAway } from './failures.ts'
import { idlest, type Line, line } from './line.ts'
import { migratePostgres, refuseNewer } from './migrations-postgres.ts'
import { alone, insist, turns, within } from './turns.ts'
import { openWire, type Session, type Wire } from './wire.ts'

/** Connections that only read, besides the one that writes: a process never has more than these. */
const READERS = 3

/** How many transactions of this process have ended, by database: only then it can have changed. */
const ends = new Map<string, number>()
/** What other processes wrote is noticed after so many milliseconds. */
const NOTICED = 1000

/** A process that hangs in the middle of a transaction must not hold what it took for longer, in milliseconds. */
const writing: Session = { idle_in_transaction_session_timeout: 60_000 }
const reading: Session = { default_transaction_read_only: true }

/** Opens a PostgreSQL database with all migrations applied. A server that does not answer is waited for. */
export async function openPostgres(url: string, options: StoreOptions = {}): Promise<Store> {
  const writer = line(() => openWire(url, writing))
  const readers = Array.from({ length: READERS }, () => line(() => openWire(url, reading)))
  const close = async (): Promise<void> => void (await Promise.all([writer, ...readers].map(each => each.close())))
  try {
    await insist(() => writer.use(wire => migratePostgres(wire, url)), isAway, options.patience)
  } catch (error) {
    await close()
    throw error
  }
  const inTurn = turns()
  const ended = (): void => void ends.set(url, (ends.get(url) ?? 0) + 1)
  const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    insist(() => attempt(writer, work, options), passes(), options.patience)
  return {
    engine: 'postgres',
    address: url,
    transaction: async (work, { urgent, committed } = {}) => {
      alone()
      const result = await inTurn(() => within(() => transact(work)), urgent).finally(ended)
      committed?.(result)
      return result
    },
    read: work => {
      alone()
      return insist(() => idlest(readers).use(({ queries }) => work(queries)), isAway, options.patience)
    },
    version: () => `${ends.get(url)} ${Math.floor(performance.now() / NOTICED)}`,
    close: () => inTurn(close),
  }
}

/** One moment of a database: every read sees what was there at the first. */
export async function snapshotOfPostgres(url: string): Promise<Snapshot> {
  const wire = await openWire(url, reading)
  try {
    await refuseNewer(wire)
    await wire.exec('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  } catch (error) {
    await wire.close()
    throw error
  }
  return { read: work => work(wire.queries), close: wire.close }
}

/** What was done, and the transaction's own number. */
interface Done<T> {
  result: T
  id: string
}

/** One attempt, on the writer's connection. When only the answer to the commit is missing, the server knows what became of it. */
async function attempt<T>(writer: Line, work: (tx: Tx) => Promise<T>, { wrote }: StoreOptions): Promise<T> {
  let done: Done<T> | undefined
  try {
    await writer.use(wire => serialized(wire, work, so => (done = so)))
  } catch (error) {
    if (!done || !isAway(error) || !(await wasCommitted(writer, done.id))) throw error
  }
  if (!done) throw new Error('a transaction ended without a result')
  wrote?.()
  return done.result
}

/**
 * Handlers read before they write, so each is to run as if alone, as it does on SQLite: PostgreSQL's serializable level sees to
 * that, by refusing one of two that got into each other's way.
 */
async function serialized<T>(wire: Wire, work: (tx: Tx) => Promise<T>, done: (so: Done<T>) => void): Promise<void> {
  try {
    // The number and the first query are asked for at once: two ways to the server and back less.
    const begun = wire.exec('BEGIN ISOLATION LEVEL SERIALIZABLE')
    const numbered = wire.exec('SELECT pg_current_xact_id()::text AS id')
    const [result, [row]] = await Promise.all([work(wire.queries), numbered, begun])
    done({ result, id: String(row?.id) })
    // Where something could not be written, this only ends the transaction, and the error is told by the other.
    await Promise.all([wire.exec('COMMIT'), wire.written()])
  } catch (error) {
    const first = await wire.written().then(
      () => error,
      (other: unknown) => (codeOf(other) === FAILED_BEFORE ? error : other),
    )
    if (!wire.broken && !isAway(first)) await wire.exec('ROLLBACK')
    throw first
  }
}

/** What every statement hears after the one that failed. */
const FAILED_BEFORE = '25P02'

/** Asks until the server knows: it may notice later than we do that we are gone. */
const wasCommitted = (writer: Line, id: string): Promise<boolean> =>
  insist(async () => {
    const [row] = await writer.use(wire => wire.exec('SELECT pg_xact_status($1::xid8) AS status', [id]))
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

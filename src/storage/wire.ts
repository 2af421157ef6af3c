// One connection to PostgreSQL. One that broke is never used again: the library would open another in its place and go on there
// with the rest of a transaction, as if nothing had been lost.
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Tx } from '#src/core/feature.ts'

export interface Wire {
  /** The queries of whatever transaction is open on it. */
  readonly queries: Tx
  readonly broken: boolean
  /** One statement without parameters. */
  run(statement: string): Promise<Record<string, unknown>[]>
  /** One statement with parameters that it names `$1`, `$2`. */
  ask(statement: string, parameters: readonly (string | number)[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** The server hung up, or the network did. */
export class Disconnected extends Error {}

/** Parameters of the session, as PostgreSQL names them. */
export type Session = Record<string, string | number | boolean>

/** Connects; rejects when nobody answers within ten seconds, or the server refuses. */
export async function openWire(url: string, session: Session = {}): Promise<Wire> {
  const state = { broken: false }
  const lost = Promise.withResolvers<never>()
  lost.promise.catch(() => {}) // only who waits for an answer hears of it
  const library = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: 'animatore', ...session },
    onclose: () => {
      state.broken = true
      lost.reject(new Disconnected('the connection to the database is lost'))
    },
  })
  const connection = await reserved(library)
  const answered = <T>(answer: Promise<T>): Promise<T> => Promise.race([answer, lost.promise])
  const send: Send = (statement, parameters) => {
    if (state.broken) throw new Disconnected('the connection to the database was lost')
    return connection.unsafe(statement, [...parameters], { prepare: parameters.length > 0 && library.options.prepare })
  }
  return {
    get broken() {
      return state.broken
    },
    queries: drizzle(clientOf(library, send, answered)) as unknown as Tx,
    run: async statement => answered(send(statement, [])),
    ask: async (statement, parameters) => answered(send(statement, parameters)),
    close: async () => {
      if (!state.broken) connection.release()
      await library.end({ timeout: 1 })
    },
  }
}

type Send = (statement: string, parameters: readonly (string | number)[]) => postgres.PendingQuery<postgres.Row[]>

async function reserved(library: postgres.Sql): Promise<postgres.ReservedSql> {
  try {
    // Connected first: without fetch_types, the library never hands out a connection that it has to open for that.
    await library.unsafe('select 1')
    return await library.reserve()
  } catch (error) {
    await library.end({ timeout: 0 })
    throw error
  }
}

/** As much of the library as drizzle uses: every statement is prepared once, and none waits for an answer that cannot come. */
function clientOf(library: postgres.Sql, send: Send, answered: <T>(answer: Promise<T>) => Promise<T>): postgres.Sql {
  const unsafe = (statement: string, parameters: (string | number)[]) => {
    const query = send(statement, parameters)
    return {
      values: () => answered(query.values()),
      // biome-ignore lint/suspicious/noThenProperty: the library's own queries can be awaited, and so must this one
      then: (...next: Parameters<Promise<unknown>['then']>) => answered(query).then(...next),
    }
  }
  return { options: library.options, unsafe } as unknown as postgres.Sql
}

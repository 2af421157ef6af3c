// One connection to PostgreSQL. One that broke is never used again: the library would open another in its place and go on there
// with the rest of a transaction, as if nothing had been lost.
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Tx } from '#src/core/feature.ts'
import { Disconnected } from './failures.ts'
import { openTrail, type Trail } from './trail.ts'

/** What a statement is given. */
export type Parameter = string | number | null

export interface Wire {
  /** The queries of whatever transaction is open on it. Those that write and return nothing do not wait for their answer. */
  readonly queries: Tx
  /** Resolves when all that was written has been answered; rejects with the error of the first that failed. */
  written(): Promise<void>
  readonly broken: boolean
  /** One statement, with the parameters that it names `$1`, `$2`. */
  exec(statement: string, parameters?: readonly Parameter[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** Parameters of the session, as PostgreSQL names them. */
export type Session = Record<string, string | number | boolean> & { default_transaction_read_only?: boolean }

/** Connects; rejects when nobody answers within ten seconds, or the server refuses. */
export async function openWire(url: string, session: Session = {}): Promise<Wire> {
  const state: { broken: boolean } = { broken: false }
  const answers = answersOn()
  // What only reads is to hear at once that it cannot write.
  const trail = session.default_transaction_read_only ? undefined : openTrail()
  const library = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: 'animatore', ...session },
    onclose: () => {
      state.broken = true
      answers.lost()
    },
  })
  const connection = await reserved(library)
  const send: Send = (statement, parameters, isQuery) => {
    if (state.broken) throw new Disconnected('lost')
    // A command, or several of them, cannot be prepared.
    const prepare = (isQuery || parameters.length > 0) && library.options.prepare
    return connection.unsafe(statement, parameters.map(withoutNul), { prepare })
  }
  return {
    get broken() {
      return state.broken
    },
    queries: drizzle(clientOf(library, send, answers.awaited, trail)) as unknown as Tx,
    written: async () => trail?.ended(),
    exec: async (statement, parameters = []) => answers.awaited(send(statement, parameters, false)),
    close: async () => {
      if (!state.broken) connection.release()
      await library.end({ timeout: 1 })
    },
  }
}

/** PostgreSQL refuses a NUL in a text: in what is kept as in what is looked for. */
const withoutNul = (value: Parameter): Parameter => (typeof value === 'string' ? value.replaceAll('\0', '') : value)

type Send = (
  statement: string,
  parameters: readonly Parameter[],
  isQuery: boolean,
) => postgres.PendingQuery<postgres.Row[]>

async function reserved(library: postgres.Sql): Promise<postgres.ReservedSql> {
  try {
    // Connected first: without fetch_types, the library never hands out a connection that it has to open for that.
    await library.unsafe('SELECT 1')
    return await library.reserve()
  } catch (error) {
    await library.end({ timeout: 0 })
    throw error
  }
}

interface Answers {
  /** The answer, or an error when none can come any more: the library would wait for ever for some. */
  awaited<T>(answer: PromiseLike<T>): Promise<T>
  lost(): void
}
function answersOn(): Answers {
  const waiting = new Set<(error: Error) => void>()
  return {
    awaited: answer =>
      new Promise((resolve, reject) => {
        waiting.add(reject)
        answer.then(resolve, reject).then(() => waiting.delete(reject))
      }),
    lost: () => {
      for (const reject of waiting) reject(new Disconnected('lost'))
      waiting.clear()
    },
  }
}

const writes = (statement: string): boolean => /^(insert|update|delete)\b/i.test(statement)

/** As much of the library as drizzle uses: every statement is prepared once, and none waits for an answer that cannot come. */
function clientOf(
  library: postgres.Sql,
  send: Send,
  awaited: Answers['awaited'],
  trail: Trail | undefined,
): postgres.Sql {
  const unsafe = (statement: string, parameters: Parameter[]) => {
    const query = send(statement, parameters, true)
    const rows = async (): Promise<unknown> =>
      trail && writes(statement) ? trail.leave(awaited(query)).then(() => []) : awaited(query)
    return {
      // Columns that are returned are asked for as values.
      values: () => awaited(query.values()),
      // biome-ignore lint/suspicious/noThenProperty: the library's own queries can be awaited, and so must this one
      then: (...next: Parameters<Promise<unknown>['then']>) => rows().then(...next),
    }
  }
  return { options: library.options, unsafe } as unknown as postgres.Sql
}

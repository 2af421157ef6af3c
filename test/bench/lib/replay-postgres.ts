import postgres from 'postgres'
import type { Tx } from '#src/core/feature.ts'
import type { Store } from '#src/storage/database.ts'
import type { Written } from './recording.ts'

interface Client {
  unsafe(sql: string, values: postgres.ParameterOrJSON<never>[]): unknown
}
const clientIn = (tx: Tx): Client => (tx as unknown as { session: { client: Client } }).session.client

/** A store that notes every row that is written through it, as the server is told to write it. */
export function recordedStore(store: Store): { store: Store; transactions: Written[][] } {
  const transactions: Written[][] = []
  const known = new WeakSet<Client>()
  const noting = (client: Client): void => {
    if (known.has(client)) return
    known.add(client)
    const send = client.unsafe.bind(client)
    client.unsafe = (sql, values) => {
      if (/^(insert|update|delete)/i.test(sql)) transactions.at(-1)?.push({ sql, values })
      return send(sql, values)
    }
  }
  const transaction: Store['transaction'] = (work, manner) =>
    store.transaction(tx => {
      noting(clientIn(tx))
      transactions.push([])
      return work(tx)
    }, manner)
  return { store: { ...store, transaction }, transactions }
}

/** Writes the same rows in the same transactions, with nothing around it. */
export async function replayingOn(address: string) {
  const library = postgres(address, { max: 1, fetch_types: false, onnotice: () => {} })
  await library.unsafe('select 1')
  const connection = await library.reserve()
  return {
    replay: async (transactions: readonly Written[][]): Promise<void> => {
      for (const writes of transactions) {
        await connection.unsafe('begin')
        for (const { sql, values } of writes) await connection.unsafe(sql, values as never[], { prepare: true })
        await connection.unsafe('commit')
      }
    },
    close: async (): Promise<void> => {
      connection.release()
      await library.end({ timeout: 1 })
    },
  }
}

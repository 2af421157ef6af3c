import Database from 'better-sqlite3'
import postgres from 'postgres'
import { onTestFinished } from 'vitest'
import { engineOf } from '#src/storage/engine.ts'

type Rows = Record<string, unknown>[]

/** Every row of every table as the engine keeps it, without a word of our own code. */
export const rowsIn = async (address: string): Promise<Map<string, Rows>> =>
  engineOf(address) === 'postgres' ? rowsOnServer(address) : rowsInFile(address)

function rowsInFile(file: string): Map<string, Rows> {
  const database = new Database(file, { readonly: true })
  const tables = database.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const read = tables.map(
    ({ name }) => [name, database.prepare<[], Rows[number]>(`SELECT * FROM "${name}"`).all()] as const,
  )
  database.close()
  return new Map(read)
}

async function rowsOnServer(address: string): Promise<Map<string, Rows>> {
  const database = serverOf(address)
  const tables = await database`select tablename as name from pg_tables where schemaname = 'public' order by name`
  const rows = ({ name }: Rows[number]): Promise<Rows> =>
    database`select * from ${database(String(name))} as t order by t::text`
  return new Map(await Promise.all(tables.map(async table => [String(table.name), await rows(table)] as const)))
}

const servers = new Map<string, postgres.Sql>()
/** A connection to the server of this address, beside the bot's own, for as long as the test goes on. */
export function serverOf(address: string): postgres.Sql {
  const open = servers.get(address) ?? postgres(address, { max: 1, fetch_types: false })
  if (!servers.has(address))
    onTestFinished(async () => {
      servers.delete(address)
      await open.end()
    })
  servers.set(address, open)
  return open
}

/** All that the database holds, table by table, as text; what it keeps as bytes is read as text, too. */
export async function everythingIn(address: string): Promise<Map<string, string>> {
  const cells = (rows: Rows): string[] => rows.flatMap(row => Object.values(row).map(asText))
  return new Map([...(await rowsIn(address))].map(([name, rows]) => [name, cells(rows).join('\n')]))
}
const asText = (cell: unknown): string => {
  if (Buffer.isBuffer(cell)) return cell.toString('utf8')
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}

/** Where any of these words stand: «members: Ada». */
export const tracesOf = async (address: string, what: readonly string[]): Promise<string[]> =>
  [...(await everythingIn(address))].flatMap(([table, text]) =>
    what.filter(each => text.includes(each)).map(each => `${table}: ${each}`),
  )

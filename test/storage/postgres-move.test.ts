import Database from 'better-sqlite3'
import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '#src/storage/database.ts'
import { isDerived } from '#src/storage/derived.ts'
import { keepFile } from '#src/storage/files.ts'
import { moveFileToServer, moveServerToFile } from '#src/storage/move/files.ts'
import { saveSetting } from '#src/storage/settings.ts'
import { community } from '#test/support/community.ts'
import { freshFile, freshOnServer } from '#test/support/database.ts'
import { rowsIn } from '#test/support/tables.ts'

const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at))

/** A bot with a past, at rest; its database holds whatever is hard to carry. */
async function aBotAtRest(): Promise<string> {
  const bot = await community()
  await bot.reuser.says('richiesta')
  await bot.reuser.answers({ practice: 'P-0001', event: 'reuser_support', need: 'Perché è così? 🏛', urgency: 'high' })
  await bot.close()
  const store = await openStore(bot.db)
  await store.transaction(async tx => {
    await keepFile(tx, { name: 'à\tè', type: 'x/y', bytes }, undefined, now)
    await saveSetting(tx, 'odd', { b: [null, true, -0.1, 1e300, '\u0000', '\ud800', '"'], a: { ' ': '' } })
  })
  await store.close()
  return bot.db
}
const without = (rows: Map<string, unknown>): Map<string, unknown> =>
  new Map([...rows].filter(([name]) => !name.startsWith('__drizzle') && !isDerived(name)))

test('what a server holds goes into a file, and from there to another server, row by row the same', async () => {
  const [here, file, there] = [await aBotAtRest(), freshFile(), await freshOnServer()]
  const out = await moveServerToFile(here, file)
  const back = await moveFileToServer(file, there)
  expect(back).toEqual(out)
  expect(await rowsIn(there)).toEqual(await rowsIn(here))
  const counts = [...without(await rowsIn(file))].map(([table, rows]) => ({ table, rows: (rows as unknown[]).length }))
  expect(counts.toSorted((a, b) => (a.table < b.table ? -1 : 1))).toEqual(
    [...(out as { table: string; rows: number }[])].toSorted((a, b) => (a.table < b.table ? -1 : 1)),
  )
  const kept = new Database(file, { readonly: true })
  expect(kept.prepare("SELECT bytes FROM files WHERE type = 'x/y'").pluck().get()).toEqual(bytes)
  expect(kept.pragma('integrity_check', { simple: true })).toBe('ok')
  kept.close()
})

test('nothing is moved onto something, from a file in use, or from where a bot is at work', async () => {
  const [here, file] = [await aBotAtRest(), freshFile()]
  await moveServerToFile(here, file)
  expect(await moveFileToServer(file, here)).toEqual({ reason: 'not-empty' })
  expect(await moveServerToFile(here, file)).toEqual({ reason: 'exists', path: file })

  const open = new Database(file)
  open.pragma('journal_mode = WAL') // as a bot opens it
  open.prepare('SELECT 1 FROM members').get()
  const empty = await freshOnServer()
  expect(await moveFileToServer(file, empty)).toEqual({ reason: 'file-in-use', path: file })
  open.close()

  const store = await openStore(empty)
  onTestFinished(() => store.close())
  expect(await moveFileToServer(file, empty)).toEqual({ reason: 'in-use' })
})

test('one cell that arrives different, and nothing has arrived', async () => {
  const [here, file, there] = [await aBotAtRest(), freshFile(), await freshOnServer()]
  await moveServerToFile(here, file)
  const server = postgres(there, { max: 1, fetch_types: false })
  onTestFinished(() => server.end())
  await server.unsafe(`create function worse() returns trigger language plpgsql as
    $$ begin new."openedAt" = new."openedAt" + 1; return new; end $$;
    create trigger worse before insert on requests for each row execute function worse()`)
  await expect(moveFileToServer(file, there)).rejects.toThrow(/^requests /)
  expect([...(await rowsIn(there)).values()].flat()).toEqual([])
})

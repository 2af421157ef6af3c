import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { aShell, demo, type Shell } from '#test/support/shell/shell.ts'

async function aCommunity(): Promise<Shell> {
  const shell = aShell()
  await shell.bot(['apply', '--yes', demo])
  return shell
}
const elsewhere = { DATA_DIR: 'later', DATABASE_URL: 'file:later/animatore.db' }

/** What came out, with what differs from run to run by its nature put aside: ids that are drawn, folders. */
function told(lines: Record<string, unknown>[]): unknown[] {
  const names = new Map<string, string>()
  const text = JSON.stringify(lines).replace(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g, id => {
    names.set(id, names.get(id) ?? `id${names.size}`)
    return names.get(id)!
  })
  return JSON.parse(text.replace(/\b(data|later)\/files\//g, 'files/'))
}

test('a backup taken in the middle of a rehearsal restores to a bot that goes on exactly where it was', async () => {
  const { bot, rehearsal, path } = aShell()
  const before = rehearsal('data/animatore.db')
  await before.play(
    { as: 'reuser', text: 'richiesta' },
    { as: 'reuser', answers: { practice: 'P-0001', event: 'reuser_support', need: 'Aiuto', urgency: 'normal' } },
    { at: '2027-02-01T08:05:00Z' },
    { as: 'coordinator', choose: 'checkins.answer' },
    { as: 'newcomer', join: '#suape' },
    { as: 'provider', text: 'pratica proponi' },
  )
  // It is still running, with forms open and its database in use.
  expect(await bot(['backup', 'copy.db'])).toMatchObject({ code: 0, err: '' })
  expect(await bot(['backup', 'copie/lunedi.db'])).toMatchObject({ code: 0, err: '' })
  const rest = [
    { as: 'coordinator', answers: { status: 'amber', done: 'Due incontri', support: 'no' } },
    {
      as: 'provider',
      answers: { title: 'Nuova', summary: 'Breve', description: 'Lunga', provider: 'c_l117', community: 'suape' },
    },
    { as: 'operator', choose: 'laboratories.take' },
    { as: 'newcomer', choose: 'communities.begin' },
    { at: '2027-02-09T17:05:00Z' },
    { as: 'coordinator', text: 'riepilogo gennaio' },
  ]
  const went = await before.play(...rest)
  await before.end()

  expect(await bot(['restore', 'copy.db'], elsewhere)).toMatchObject({ code: 0, err: '' })
  const after = rehearsal(path('later/animatore.db'))
  const goes = await after.play(...rest)
  await after.end()
  expect(went.length).toBeGreaterThan(10)
  const relative = JSON.parse(JSON.stringify(goes).replaceAll(`${path('later')}/`, 'later/'))
  expect(told(relative)).toEqual(told(went))
})

test('everything in the data folder comes along, databases as they stood, and no earlier backup', async () => {
  const { bot, path } = await aCommunity()
  mkdirSync(path('data/matrix'))
  writeFileSync(path('data/matrix/key.bin'), new Uint8Array([0, 255, 1]), { mode: 0o600 })
  const other = new Database(path('data/matrix/store.db'))
  other.pragma('journal_mode = WAL')
  other.exec("CREATE TABLE kept (word TEXT); INSERT INTO kept VALUES ('è')")
  expect((await bot(['backup', 'data/first.db'])).out).toContain('altri 2 file')
  expect((await bot(['backup', 'second.db'])).out).toContain('altri 2 file')
  other.close()

  const restored = await bot(['restore', 'second.db'], elsewhere)
  expect(restored).toMatchObject({ code: 0, err: '' })
  expect([...readFileSync(path('later/matrix/key.bin'))]).toEqual([0, 255, 1])
  const again = new Database(path('later/matrix/store.db'), { readonly: true })
  expect(again.prepare('SELECT word FROM kept').pluck().get()).toBe('è')
  again.close()
  expect(existsSync(path('later/first.db'))).toBe(false)
  expect((await bot(['doctor'], elsewhere)).code).toBe(0)
})

test('nothing is overwritten, in either direction', async () => {
  const { bot, path } = await aCommunity()
  await bot(['backup', 'copy.db'])
  expect(await bot(['backup', 'copy.db'])).toMatchObject({ code: 1, err: expect.stringContaining('copy.db') })
  expect(await bot(['restore', 'copy.db'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('data/animatore.db'),
  })
  mkdirSync(path('later'))
  // What a database of that name left behind would be read into the restored one.
  writeFileSync(path('later/animatore.db-wal'), 'stale')
  expect(await bot(['restore', 'copy.db'], elsewhere)).toMatchObject({ code: 1 })
  expect(existsSync(path('later/animatore.db'))).toBe(false)
})

test('a damaged backup is found out before anything is written', async () => {
  const { bot, path } = await aCommunity()
  await bot(['backup', 'copy.db'])
  const bytes = readFileSync(path('copy.db'))
  const word = bytes.lastIndexOf('Comune di Perugia')
  bytes[word] = 'X'.charCodeAt(0)
  writeFileSync(path('letter.db'), bytes)
  writeFileSync(path('half.db'), bytes.subarray(0, bytes.length / 2))
  writeFileSync(path('none.db'), 'no backup at all')
  for (const file of ['letter.db', 'half.db']) {
    expect(await bot(['restore', file], elsewhere)).toMatchObject({
      code: 1,
      err: expect.stringContaining('è rovinata'),
    })
  }
  expect((await bot(['restore', 'none.db'], elsewhere)).err).toContain('non è una copia')
  expect((await bot(['restore', 'data/animatore.db'], elsewhere)).err).toContain('non è una copia')
  expect(existsSync(path('later'))).toBe(false)
})

test('a backup of a newer version is refused', async () => {
  const { bot, path } = await aCommunity()
  const live = new Database(path('data/animatore.db'))
  live.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of tomorrow', 9999999999999)")
  live.close()
  await bot(['backup', 'copy.db'])
  expect((await bot(['restore', 'copy.db'], elsewhere)).err).toContain('versione più recente')
})

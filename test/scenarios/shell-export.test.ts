import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { exported, keptBack } from '#src/cli/exporting/tables.ts'
import { isDerived } from '#src/storage/derived.ts'
import { nameOf } from '#src/storage/rows.ts'
import { aShell, type Shell } from '#test/support/shell/shell.ts'

/** A community in which one person asked for support, with a file, in words that a spreadsheet would run, and thought again twice. */
async function aCommunity(): Promise<Shell> {
  const shell = aShell()
  writeFileSync(shell.path('piano.txt'), 'Il piano è questo')
  const talk = shell.rehearsal('data/animatore.db')
  await talk.play(
    { as: 'reuser', text: 'richiesta' },
    {
      as: 'reuser',
      answers: {
        practice: 'P-0001',
        event: 'reuser_support',
        need: '=HYPERLINK("http://x";"è")\nseconda riga, con "virgolette"',
        urgency: 'normal',
        file: shell.path('piano.txt'),
      },
    },
    { as: 'reuser', text: 'richiesta ritira R-2027-0001' },
    { as: 'reuser', answers: { reason: 'non serve più' } },
    { as: 'reuser', text: 'richiesta riapri R-2027-0001' },
  )
  await talk.end()
  return shell
}

test('every table of the community, as CSV and as JSON, and what people attached', async () => {
  const { bot, path } = await aCommunity()
  const ended = await bot(['export', 'out'])
  expect(ended).toMatchObject({ code: 0, err: '' })
  expect(ended.out).toContain('21 tabelle')

  const [request] = JSON.parse(readFileSync(path('out/requests.json'), 'utf8'))
  expect(request).toMatchObject({
    number: 'R-2027-0001',
    need: '=HYPERLINK("http://x";"è")\nseconda riga, con "virgolette"',
    openedAt: '2027-01-11T09:00:00Z',
    endings: [{ solvedAt: null, closedAt: '2027-01-11T09:00:00Z', reopenedAt: '2027-01-11T09:00:00Z' }],
    cancelled: false,
    services: [],
  })
  const csv = readFileSync(path('out/requests.csv'), 'utf8')
  expect(csv.split('\r\n')[0]).toMatch(/^id,number,practice,community,organization,requester,event,need,/)
  expect(csv).toContain(`"'=HYPERLINK(""http://x"";""è"")\nseconda riga, con ""virgolette"""`)
  expect(readFileSync(path('out/files', request.file), 'utf8')).toBe('Il piano è questo')
  expect(statSync(path('out')).mode & 0o777).toBe(0o700)
  expect(statSync(path('out/members.csv')).mode & 0o777).toBe(0o600)
  expect(readFileSync(path('out/periods.csv'), 'utf8')).toBe('id,openedAt,closesAt,extendedAt,closedAt\r\n')
})

test('a table is exported or kept back on purpose, and what platforms remember is in no file', async () => {
  const { bot, path } = await aCommunity()
  const database = new Database(path('data/animatore.db'), { readonly: true })
  const all = database
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'")
    .pluck()
    .all()
  database.close()
  expect([...exported.map(({ table }) => nameOf(table)), ...keptBack].toSorted()).toEqual(
    all.filter(name => !isDerived(name)).toSorted(),
  )

  await bot(['export', 'out'])
  const written = readdirSync(path('out')).filter(name => name !== 'files')
  expect(written.map(name => name.replace(/\.\w+$/, '')).filter(name => keptBack.includes(name))).toEqual([])
  for (const name of written) expect(readFileSync(path('out', name), 'utf8')).not.toContain('printed:')
})

test('every instant is written as one, and nothing else is', async () => {
  const { bot, path } = await aCommunity()
  await bot(['export', 'out'])
  for (const name of readdirSync(path('out')).filter(each => each.endsWith('.json'))) {
    for (const row of JSON.parse(readFileSync(path('out', name), 'utf8'))) {
      expect(JSON.stringify(row), name).not.toMatch(/[:,[]\d{12}/)
    }
  }
})

test('it writes into a new or empty folder only, twice the same', async () => {
  const { bot, path } = await aCommunity()
  await bot(['export', 'one'])
  mkdirSync(path('two'))
  await bot(['export', 'two'])
  for (const name of readdirSync(path('one')).filter(each => each !== 'files')) {
    expect(readFileSync(path('two', name)), name).toEqual(readFileSync(path('one', name)))
  }
  expect(await bot(['export', 'one'])).toMatchObject({ code: 1, err: 'one non è vuota. Scegli una cartella nuova.\n' })
  expect(await bot(['export', 'three'], { DATABASE_URL: 'file:none.db' })).toMatchObject({ code: 1, out: '' })
})

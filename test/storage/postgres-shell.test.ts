import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { emptyDatabase, freshFile } from '#test/support/database.ts'
import { freePort } from '#test/support/postgres/cluster.ts'
import { aShell } from '#test/support/shell/shell.ts'
import { rowsIn } from '#test/support/tables.ts'

/** Times go by between two looks. */
const withoutRows = (said: string): string => said.replaceAll(/\d+/g, '0')

test('an administrator moves to PostgreSQL, keeps copies of it, reads it, and goes back to a file', async () => {
  const { bot, path, rehearsal } = aShell()
  const server = await emptyDatabase()
  const on = { DATABASE_URL: server }
  const talk = rehearsal('data/animatore.db')
  await talk.play(
    { as: 'reuser', text: 'richiesta' },
    { as: 'reuser', answers: { practice: 'P-0001', event: 'reuser_support', need: 'Perché è così?', urgency: 'high' } },
  )
  await talk.end()

  const moved = await bot(['move', '--to', server])
  expect(moved).toMatchObject({ code: 0, err: '' })
  expect(moved.out).toContain('DATABASE_URL')
  expect(await bot(['move', '--to', server])).toMatchObject({ code: 1, out: '' })

  const looked = await bot(['doctor'], on)
  expect(looked.out).toMatch(/bene +database +integra e aggiornata/)
  expect(withoutRows((await bot(['outbox'], on)).out)).toBe(withoutRows((await bot(['outbox'])).out))

  expect(await bot(['export', 'there'], on)).toMatchObject({ code: 0, err: '' })
  expect(await bot(['export', 'here'])).toMatchObject({ code: 0, err: '' })
  const names = readdirSync(path('here')).filter(name => /\.(json|csv)$/.test(name))
  expect(names.length).toBeGreaterThan(40)
  for (const name of names)
    expect(readFileSync(path('there', name), 'utf8'), name).toBe(readFileSync(path('here', name), 'utf8'))

  expect(await bot(['backup', 'copy.backup'], on)).toMatchObject({ code: 0, err: '' })
  const another = await emptyDatabase()
  expect(await bot(['restore', 'copy.backup'], { DATABASE_URL: another, DATA_DIR: 'elsewhere' })).toMatchObject({
    code: 0,
    err: '',
  })
  expect(await rowsIn(another)).toEqual(await rowsIn(server))

  const back = freshFile()
  expect(await bot(['move', '--to', `file:${back}`], on)).toMatchObject({ code: 0, err: '' })
  expect(existsSync(back)).toBe(true)
  const again = aShell().rehearsal(back)
  expect(JSON.stringify(await again.play({ as: 'reuser', text: 'richieste' }))).toContain('R-2027-0001')
  await again.end()
})

test('what cannot be moved or read is told in a sentence, and no password with it', async () => {
  const { bot } = aShell()
  const empty = await emptyDatabase()
  expect((await bot(['move', '--to', 'file:x.db'], { DATABASE_URL: empty })).err).toContain(
    "non c'è ancora una base dati",
  )

  const odd = { DATABASE_URL: 'postgres://bot:p@ss#w/rd@127.0.0.1:1/animatore' }
  for (const verb of [['doctor'], ['backup', 'x.backup'], ['move', '--to', odd.DATABASE_URL]]) {
    const { code, out, err } = await bot(verb, odd)
    expect(code, verb[0]).toBe(1)
    expect(out + err, verb[0]).not.toContain('ss#w')
    expect(out + err, verb[0]).not.toMatch(/\n\s+at /)
  }
  expect((await bot(['doctor'], odd)).out).toContain('%40')

  for (const verb of [['doctor'], ['export', 'x'], ['outbox']]) {
    const { code, out, err } = await bot(verb, { DATABASE_URL: 'file:.' })
    expect([verb[0], code]).toEqual([verb[0], 1])
    expect(out + err, verb[0]).not.toMatch(/\n\s+at /)
  }
})

test('a start that waits for its database says so, and that it lives but is not ready', async () => {
  const { running } = aShell()
  const port = await freePort()
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', PORT: `${port}` }
  const bot = running(['start'], { DATABASE_URL: 'postgres://bot:segreto@127.0.0.1:1/animatore', ...slack })
  const status = (path: string): Promise<number | undefined> =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      found => found.status,
      () => undefined,
    )
  await expect.poll(() => status('/healthz'), { timeout: 20_000 }).toBe(200)
  expect(await status('/readyz')).toBe(503)
  await bot.complains(/Aspetto la base dati: postgres:\/\/bot@127/)
  await bot.stop()
})

test('a server that is away, a user it does not know and a database it does not have are three things to do', async () => {
  const { bot } = aShell()
  const server = new URL(await emptyDatabase())
  const changed = (change: Partial<URL>): string => Object.assign(new URL(server), change).href
  const said = async (address: string) => (await bot(['outbox', '--db', address], { LANG: 'it' })).err
  expect(await said(changed({ port: '1' }))).toContain('Il server della base dati non risponde.')
  expect(await said(changed({ username: 'nessuno' }))).toContain("Controlla l'utente e la password")
  expect(await said(changed({ pathname: '/altrove' }))).toContain("non c'è una base dati con questo nome")
})

test('a server that is not there is told in a sentence, with what to do', async () => {
  const { bot } = aShell()
  const nowhere = { DATABASE_URL: 'postgres://bot:segreto@127.0.0.1:1/animatore' }
  for (const verb of [['doctor'], ['backup', 'x.backup'], ['export', 'x']]) {
    const { code, out, err } = await bot(verb, nowhere)
    expect(code, verb[0]).toBe(1)
    expect(out + err, verb[0]).toMatch(/non risponde/)
    expect(out + err).not.toContain('segreto')
    expect(out + err).not.toMatch(/\n\s+at /)
  }
})

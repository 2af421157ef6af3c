import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { aShell, demo } from '#test/support/shell/shell.ts'

const settings = [
  ...[
    'DATABASE_URL',
    'DATA_DIR',
    'HOST',
    'PORT',
    'DEFAULT_LOCALE',
    'DEFAULT_TIMEZONE',
    'ADMINS',
    'METRICS_TOKEN',
    'LOG_LEVEL',
  ],
  ...['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_URL'],
  ...['MATRIX_HOMESERVER_URL', 'MATRIX_USER_ID', 'MATRIX_ACCESS_TOKEN', 'MATRIX_PASSWORD', 'MATRIX_RECOVERY_KEY'],
  'MATRIX_ALLOWED_INVITERS',
]

test('before the first start all is well, every setting is looked at, and nothing is made', async () => {
  const { bot, path } = aShell()
  const { code, out, err } = await bot(['doctor'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  for (const name of settings) expect(out).toMatch(new RegExp(`^bene +${name} `, 'm'))
  expect(out).toContain('Va tutto bene.')
  expect(existsSync(path('data'))).toBe(false)
})

test('each wrong setting says how to write it, and no secret is shown', async () => {
  const { bot, path } = aShell()
  writeFileSync(path('token'), 'xapp-very-secret\n')
  const { code, out } = await bot(['doctor'], {
    PORT: '99999',
    DEFAULT_LOCALE: 'fr',
    ADMINS: 'somebody',
    SLACK_BOT_TOKEN: 'wrong-secret',
    SLACK_APP_TOKEN_FILE: path('token'),
    SLACK_SIGNING_SECRET_FILE: path('nowhere'),
    MATRIX_USER_ID: '@bot:example.org',
  })
  expect(code).toBe(1)
  expect(out).toMatch(/^DA FARE PORT +Scrivi un numero da 0 a 65535/m)
  expect(out).toMatch(/^DA FARE DEFAULT_LOCALE +Scrivi it oppure en\./m)
  expect(out).toMatch(/^DA FARE ADMINS +Scrivili così: slack:T1\/U1/m)
  expect(out).toMatch(/^DA FARE SLACK_BOT_TOKEN +Inizia con xoxb-/m)
  expect(out).toMatch(/^bene +SLACK_APP_TOKEN +impostata nel file/m)
  expect(out).toMatch(/^DA FARE SLACK_SIGNING_SECRET +Non riesco a leggere .*nowhere/m)
  expect(out).toMatch(/^DA FARE Matrix +Manca MATRIX_HOMESERVER_URL/m)
  expect(out).toMatch(/^DA FARE Matrix +Manca MATRIX_ACCESS_TOKEN, oppure MATRIX_PASSWORD/m)
  expect(out).toContain('Ci sono 7 cose da fare.')
  expect(out).not.toMatch(/very-secret|wrong-secret/)
})

test('the database: without a kit, with one, written by newer code, damaged, none at all', async () => {
  const { bot, path } = aShell()
  await bot(['apply', '--yes', demo])
  expect(await bot(['doctor'])).toMatchObject({ code: 0 })
  const live = new Database(path('data/animatore.db'))
  live.exec("DELETE FROM settings WHERE name = 'programme'")
  expect((await bot(['doctor'], { LANG: 'en_US' })).out).toMatch(/^TO DO +kit +No community is described/m)
  live.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of tomorrow', 9999999999999)")
  live.pragma('wal_checkpoint(TRUNCATE)')
  live.close()
  expect((await bot(['doctor'])).out).toMatch(/^DA FARE database +.*versione più recente/m)

  const bytes = readFileSync(path('data/animatore.db'))
  writeFileSync(path('data/animatore.db'), bytes.fill(7, 8192, bytes.length - 4096))
  expect((await bot(['doctor'])).out).toMatch(/^DA FARE database +.*è rovinata/m)
  writeFileSync(path('data/animatore.db'), 'nothing of the kind')
  expect((await bot(['doctor'])).out).toMatch(/^DA FARE database +.*non è una base dati/m)
})

test('messages that never arrived, and a clock that went back, are to be looked at', async () => {
  const { bot, path } = aShell()
  await bot(['apply', '--yes', demo])
  const live = new Database(path('data/animatore.db'))
  const tomorrow = Date.now() + 24 * 60 * 60 * 1000
  live.exec(`INSERT INTO events (id, member, at, outcome) VALUES ('e', 'm', ${tomorrow}, 'handled')`)
  live.exec(`INSERT INTO outbox (id, key, queue, choices, unasked, status, dueAt, attempts)
    VALUES ('a', 'a', 'q', '[]', 0, 'dead', 1, 1)`)
  live.close()
  const { code, out } = await bot(['doctor'])
  expect(code).toBe(1)
  expect(out).toMatch(/^DA FARE outbox +Un messaggio è fallito/m)
  expect(out).toMatch(/^DA FARE orologio +Segna .*Regola l'ora/m)
})

test('a data folder that others can read is worth a note, and a way to close it', async () => {
  const { bot, path } = aShell()
  mkdirSync(path('data'), { mode: 0o755 })
  const { code, out } = await bot(['doctor'])
  expect(code).toBe(0)
  expect(out).toMatch(/^nota +data +.*chmod 700/m)
})

test('places and people of the kit on a platform where the bot does not live are a note, and nothing to do', async () => {
  const { bot } = aShell()
  await bot(['apply', '--yes', demo])
  const account = { MATRIX_USER_ID: '@bot:example.org', MATRIX_PASSWORD: 'secret' }
  const { out } = await bot(['doctor'], { ...account, MATRIX_HOMESERVER_URL: 'http://127.0.0.1:9' })
  expect(out).toMatch(/^DA FARE Matrix +Il server Matrix .* non risponde/m)
  expect(out).toMatch(/^nota +web +\d+ luoghi del kit stanno su web, dove il bot non c'è/m)
  expect(out).toMatch(/^nota +persone +7 persone hanno un account solo dove il bot non c'è/m)
  expect((await bot(['doctor'])).out).not.toContain('luoghi del kit')
})

test('communities and laboratories that nobody looks after: `apply` says so at once, and `doctor` until somebody does', async () => {
  const { bot, path } = aShell()
  const kit = readFileSync(demo, 'utf8')
  expect((await bot(['apply', '--yes', demo])).out).not.toMatch(/Nessuno (coordina|segue)/)
  expect((await bot(['doctor'])).out).not.toContain('responsabili')

  const alone = kit
    .replace('coordinators: [coordinator]\n    places: [welfare]', 'places: [welfare]')
    .replace('operators: [operator]\n    places: [laboratorio]', '')
  writeFileSync(path('kit.yaml'), alone)
  const said = await bot(['apply', '--yes', 'kit.yaml'])
  expect(said.out).toMatch(
    /^Nessuno coordina welfare: riepiloghi e proposte non hanno chi li legga\. Nel kit, scrivi almeno un nome in coordinators\.$/m,
  )
  expect(said.out).toMatch(/^Nessuno segue laboratorio-umbria: le richieste vanno a chi coordina\./m)
  const { code, out } = await bot(['doctor'], { LANG: 'en_US' })
  expect(code).toBe(0)
  expect(out).toMatch(/^note +in charge +Nobody coordinates welfare: digests and proposals/m)
  expect(out).toMatch(/^note +in charge +Nobody staffs laboratorio-umbria: requests go to the coordinators/m)

  await bot(['apply', '--yes', demo])
  expect((await bot(['doctor'])).out).not.toContain('responsabili')
})

import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { aShell } from '#test/support/shell/shell.ts'

const mine = `
version: 1
programme: { name: { it: Prova }, locale: it, timezone: Europe/Rome }
people: [{ person: anna, name: Anna, administrator: true, accounts: { web: anna } }]
places: [{ place: casa, web: "#casa" }]
communities:
  - id: casa
    name: { it: Casa }
    controller: Casa
    privacy_contact: casa@example.org
    coordinators: [anna]
    members: [anna]
    places: [casa]
    since: 2026-01-12
`

test('a rehearsal goes on with the community that is there, and brings in no other', async () => {
  const { bot, rehearsal, path } = aShell()
  writeFileSync(path('mine.yaml'), mine)
  const applied = await bot(['apply', '--yes', 'mine.yaml'])
  expect(applied).toMatchObject({ code: 0, err: '' })
  const talk = rehearsal('data/animatore.db')
  const said = await talk.play({ as: 'anna', text: 'comunità' })
  expect(JSON.stringify(said)).toContain('Casa')
  expect(JSON.stringify(said)).not.toContain('Welfare')
  await talk.end()
  expect((await bot(['export', 'out'])).code).toBe(0)
})

test('it is alone on its database, and does not touch one on which the real bot has been at work', async () => {
  const { bot, running, path } = aShell()
  const trial = running(['start'], { PORT: '0' })
  await trial.says(/per provare la comunità dimostrativa/)
  const rehearse = () => bot(['chat', '--json', '--db', 'data/demo.db'])
  expect((await rehearse()).err).toContain('Un altro bot lavora già su data/demo.db')
  await trial.stop()
  const database = new Database(path('data/demo.db'))
  // As soon as it has looked for what is due.
  database.exec(`insert or ignore into schedules values ('checkins.open@Europe/Rome', 0)`)
  database.close()
  expect(await rehearse()).toEqual({
    code: 1,
    out: '',
    err: "Su data/demo.db ha già lavorato il bot vero: una prova scriverebbe sul serio, e a un'altra ora. Scegli un altro file, e con --kit la tua comunità.\n",
  })
})

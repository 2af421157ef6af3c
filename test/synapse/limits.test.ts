import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openCommunity } from '#src/cli/community.ts'
import { readSettings } from '#src/config.ts'
import { homeserver } from '#test/support/matrix/homeserver.ts'
import { matrixPerson } from '#test/support/matrix/person.ts'
import { startSynapse } from '#test/support/matrix/synapse.ts'

/** More than the ten messages that Synapse lets through before it asks to wait five seconds for each. */
const COMMANDS = 7

test('under the limits of Synapse itself everything is said, once and in order', async () => {
  const synapse = await startSynapse({ limits: 'synapse' })
  onTestFinished(synapse.stop)
  const hs = homeserver(synapse.url)
  const bot = await hs.register('bot')
  const errors: unknown[] = []
  const folder = mkdtempSync(join(tmpdir(), 'animatore-limits-'))
  const settings = readSettings({
    DATA_DIR: folder,
    DATABASE_URL: `file:${folder}/bot.db`,
    MATRIX_HOMESERVER_URL: hs.url,
    MATRIX_USER_ID: bot.user,
    MATRIX_PASSWORD: bot.password,
    // Who is on Matrix alone administers as well as anybody.
    ADMINS: 'matrix:@anna:localhost,matrix:@bice:localhost',
  })
  const log = { info: () => {}, warn: () => {}, error: (fields: object, what: string) => errors.push([what, fields]) }
  const community = await openCommunity(settings, log)
  await community.start()
  onTestFinished(community.stop)
  const people = []
  for (const name of ['anna', 'bice']) {
    const account = await hs.register(name)
    const person = await matrixPerson({ homeserver: hs.url, account, bot: bot.user, encrypted: true })
    onTestFinished(person.stop)
    people.push(person)
  }

  const numbers = Array.from({ length: COMMANDS }, (_, at) => `R-2027-${1001 + at}`)
  for (const number of numbers) for (const person of people) await person.says(`richiesta ${number}`)

  for (const person of people) {
    const answers = () => person.seen().flatMap(({ body }) => /R-2027-1\d{3}/.exec(body) ?? [])
    await expect.poll(answers, { timeout: 240_000, interval: 500 }).toEqual(numbers)
    expect(person.seen().some(({ unreadable }) => unreadable)).toBe(false)
  }
  expect(errors).toEqual([])
})

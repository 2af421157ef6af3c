import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readiness } from '#src/cli/readiness.ts'
import { assemble } from '#src/main.ts'
import { openStore } from '#src/storage/database.ts'
import { holdOn } from '#src/storage/hold.ts'
import { writable } from '#src/storage/writable.ts'
import { freshDatabase } from '#test/support/database.ts'
import { pacedOn } from '#test/support/matrix/hands.ts'
import { recordedHomeserver } from '#test/support/matrix/recorded.ts'

const at = Temporal.Instant.from('2027-01-11T09:00:00Z')
const place = {
  platform: 'matrix',
  workspace: 'example.org',
  id: '!suape:example.org',
  direct: false,
  locale: 'it',
  timezone: 'Europe/Rome',
} as const
const log = { info: () => {}, warn: () => {}, error: () => {} }

/** A process of several on one database and one folder, with its own connection to the homeserver. */
async function process(database: string, folder: string) {
  const server = recordedHomeserver()
  server.rooms.set(place.id, { id: place.id, aliases: [], encrypted: true })
  const store = await openStore(database)
  const lock = holdOn(join(folder, 'in-use'))
  const clock = { elapsed: 0 }
  const open = async () => (lock.take() ? server.wire : undefined)
  const matrix = pacedOn(server, store, { now: () => at, log, open })
  const bot = assemble({
    store,
    shared: true,
    features: [],
    platforms: [matrix],
    workers: {},
    now: () => at,
    elapsed: () => clock.elapsed,
    log,
  })
  const starting = bot.start()
  let stopped = false
  const stop = async (): Promise<void> => {
    if (stopped) return
    stopped = true
    await starting
    await bot.stop()
    lock.drop()
  }
  onTestFinished(stop)
  return {
    bot,
    matrix,
    started: starting,
    stop,
    said: () => server.sent.map(({ content }) => content.body),
    ready: async () => (await readiness(writable(store), [matrix], at)).platforms,
    asks: (text: string) =>
      bot.act(async ({ outbox, t }) => {
        const words = t(place).literal(text)
        await outbox.enqueue({
          to: place,
          message: { summary: words, blocks: [{ type: 'text', text: words }] },
          key: text,
        })
      }),
    passes: (milliseconds: number) => {
      clock.elapsed += milliseconds
      return bot.settle()
    },
  }
}

test('of two processes one speaks on Matrix, for both; when it is gone, the other does', async () => {
  const [database, folder] = [await freshDatabase(), mkdtempSync(join(tmpdir(), 'animatore-shared-'))]
  const first = await process(database, folder)
  await first.started
  const second = await process(database, folder)
  await expect.poll(() => second.matrix.elsewhere?.()).toBe(true)
  expect([first.bot.isRelay(), second.bot.isRelay()]).toEqual([true, false])
  expect(await second.ready()).toEqual({ matrix: 'up' })

  await second.asks('asked of the second')
  await second.passes(0)
  await first.passes(0)
  expect([first.said(), second.said()]).toEqual([['asked of the second'], []])

  await first.stop()
  await expect.poll(() => second.matrix.elsewhere?.(), { timeout: 5000 }).toBe(false)
  await second.asks('asked later')
  await second.passes(2000)
  expect([first.said(), second.said()]).toEqual([['asked of the second'], ['asked later']])
})

test('asked to stop while the account is being opened, it leaves the account to others', async () => {
  const server = recordedHomeserver()
  const store = await openStore(await freshDatabase())
  const [opening, left] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const open = async () => {
    await opening.promise
    return { ...server.wire, stop: async () => left.resolve() }
  }
  const matrix = pacedOn(server, store, { now: () => at, log, open })
  const bot = assemble({ store, features: [], platforms: [matrix], workers: {}, now: () => at, log })
  const starting = bot.start()
  await bot.halt()
  await matrix.stop()
  opening.resolve()

  await left.promise
  await starting
  expect(matrix.up?.()).toBe(false)
  await bot.stop()
})

import { expect, onTestFinished, test } from 'vitest'
import { measures } from '#src/cli/measures.ts'
import { readiness } from '#src/cli/readiness.ts'
import type { Platform } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { assemble } from '#src/main.ts'
import { matrixPlatform } from '#src/platforms/matrix/adapter.ts'
import { openStore } from '#src/storage/database.ts'
import { addAccount, memberOf } from '#src/storage/members.ts'
import { grant } from '#src/storage/roles.ts'
import { writable } from '#src/storage/writable.ts'
import { freshDatabase } from '#test/support/database.ts'
import { recordedHomeserver } from '#test/support/matrix/recorded.ts'
import { aWire, type Wire } from '#test/support/wire.ts'

const start = Temporal.Instant.from('2027-03-02T09:00:00Z')
const account = { platform: 'slack', workspace: 'T1', account: 'UADMIN', name: 'Ada', locale: 'it' } as const
const place = {
  platform: 'slack',
  workspace: 'T1',
  id: 'C1',
  direct: false,
  locale: 'it',
  timezone: 'Europe/Rome',
} as const

/** A bot on Slack, and perhaps on Matrix, whose administrator has an account on each. */
async function aBot(...wires: Platform[]) {
  const address = await freshDatabase()
  const clock = { now: start, elapsed: 0 }
  const errors: string[] = []
  const log: Log = { info: () => {}, warn: () => {}, error: (_, what) => void errors.push(what) }
  const begin = async () => {
    const store = await openStore(address)
    const bot = assemble({
      store,
      features: [],
      platforms: wires,
      workers: {},
      now: () => clock.now,
      elapsed: () => clock.elapsed,
      log,
    })
    await bot.start()
    return { store, bot }
  }
  let running = await begin()
  onTestFinished(() => running.bot.stop())
  await running.store.transaction(async tx => {
    const { id } = await memberOf(tx, account, start)
    if (wires.length > 1)
      await addAccount(tx, id, {
        ...account,
        platform: 'matrix',
        workspace: 'example.org',
        account: '@ada:example.org',
      })
    await grant(tx, id, 'administrator', '', start)
  })
  return {
    errors,
    says: (key: string) =>
      running.bot.act(async ({ outbox, t }) => {
        const text = t(place).literal('Ciao')
        await outbox.enqueue({ to: place, message: { summary: text, blocks: [{ type: 'text', text }] }, key })
      }),
    lives: async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        await running.bot.settle()
        clock.now = clock.now.add({ minutes: 1 })
        clock.elapsed += 60_000
      }
      await running.bot.settle()
    },
    restarts: async () => {
      await running.bot.stop()
      running = await begin()
    },
    ready: async () => (await readiness(writable(running.store), wires, clock.now)).platforms,
    platforms: async () => (await measures(writable(running.store), wires, clock.now)).platforms,
    delivering: async () =>
      (await measures(writable(running.store), wires, clock.now)).platforms.map(each => each.delivering),
  }
}
/** What whoever administers was told on a platform. */
const told = ({ delivered }: Wire): string[] =>
  delivered.filter(({ at }) => at.key.startsWith('alert:')).map(({ message }) => String(message.summary))

test('a platform that takes nothing for ten minutes: one alert elsewhere, and one when it goes on', async () => {
  const [slack, matrix] = [aWire('slack'), aWire('matrix')]
  const bot = await aBot(slack, matrix)
  await bot.says('before')
  await bot.lives(1)
  slack.state = 'down'
  await bot.says('waits')
  await bot.lives(9)
  expect(told(matrix)).toEqual([])
  await bot.lives(30)
  expect(told(matrix)).toEqual([expect.stringMatching(/^Su Slack i messaggi non arrivano da .*martedì 2 marzo alle/)])
  expect(bot.errors).toEqual(['messages do not arrive any more'])
  expect(await bot.ready()).toEqual({ slack: 'down', matrix: 'up' })
  expect(await bot.delivering()).toEqual([false, true])

  await bot.restarts()
  await bot.lives(15)
  expect(told(matrix)).toHaveLength(1)
  slack.state = 'up'
  await bot.lives(12)
  expect(slack.delivered.map(({ at }) => at.key)).toContain('waits')
  expect([...told(matrix), ...told(slack)]).toEqual([
    expect.stringMatching(/^Su Slack i messaggi non arrivano/),
    expect.stringMatching(/^Su Slack i messaggi arrivano di nuovo/),
  ])
  expect(await bot.ready()).toEqual({ slack: 'up', matrix: 'up' })
})

test('where there is no other platform, one message comes when it is back', async () => {
  const slack = aWire('slack')
  const bot = await aBot(slack)
  let reachable = false
  slack.up = () => reachable
  await bot.lives(9)
  expect(await bot.ready()).toEqual({ slack: 'down' })
  slack.state = 'down'
  await bot.lives(20)
  expect(await bot.delivering()).toEqual([false])
  reachable = true
  slack.state = 'up'
  await bot.lives(15)
  expect(told(slack).at(-1)).toMatch(/^Su Slack i messaggi arrivano di nuovo/)
  expect(told(slack).length).toBeLessThanOrEqual(2)
  expect(await bot.delivering()).toEqual([true])
})

test('a homeserver that is not heard for ten minutes has stopped, until it is heard again', async () => {
  const slack = aWire('slack')
  const { wire, contact } = recordedHomeserver()
  const log: Log = { info: () => {}, warn: () => {}, error: () => {} }
  const home = { locale: 'it', timezone: 'Europe/Rome' }
  const rest = { allowed: [], addresses: async () => [], now: () => start, largestFile: 1 }
  const matrix = matrixPlatform({ open: async () => wire, home, log, ...rest })
  const bot = await aBot(slack, matrix)
  contact.up = false
  contact.lag = 600
  await bot.lives(9)
  expect(told(slack)).toEqual([])
  await bot.lives(3)
  expect(told(slack)).toEqual([expect.stringMatching(/^Su Matrix i messaggi non arrivano/)])
  expect(await bot.platforms()).toContainEqual({ platform: 'matrix', up: false, delivering: false, lag: 600 })

  contact.up = true
  contact.lag = 0
  await bot.lives(2)

  expect(told(slack).at(-1)).toMatch(/^Su Matrix i messaggi arrivano di nuovo/)
  expect(await bot.platforms()).toContainEqual({ platform: 'matrix', up: true, delivering: true, lag: 0 })
})

test('a moment of trouble, and a letter that dies, are no outage', async () => {
  const slack = aWire('slack')
  const bot = await aBot(slack)
  slack.state = 'down'
  await bot.says('first')
  await bot.lives(5)
  slack.state = 'up'
  await bot.lives(10)
  slack.gone.add('C1')
  await bot.says('dies')
  await bot.says('dies too')
  await bot.lives(30)
  expect(told(slack)).toEqual([expect.stringContaining('Un messaggio non può essere consegnato: dies')])
  expect(bot.errors).not.toContain('messages do not arrive any more')
})

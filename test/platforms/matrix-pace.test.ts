import { setImmediate as next } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { assemble } from '#src/main.ts'
import { openStore } from '#src/storage/database.ts'
import { freshDatabase } from '#test/support/database.ts'
import { besideTheConsole, user } from '#test/support/matrix/beside.ts'
import { pacedOn } from '#test/support/matrix/hands.ts'
import { recordedHomeserver } from '#test/support/matrix/recorded.ts'

const at = Temporal.Instant.from('2027-01-11T09:00:00Z')
const place = {
  platform: 'matrix',
  workspace: 'example.org',
  direct: false,
  locale: 'it',
  timezone: 'Europe/Rome',
} as const
const log = { info: () => {}, warn: () => {}, error: () => {} }

/** A bot in so many rooms; each request takes a moment, and is noted with the hour of the pacing clock. */
async function inRooms(count: number) {
  const server = recordedHomeserver()
  const rooms = Array.from({ length: count }, (_, number) => `!room${number}:example.org`)
  for (const id of rooms) server.rooms.set(id, { id, aliases: [], encrypted: true })
  const clock = { elapsed: 0 }
  const seen = { open: 0, most: 0, asked: new Set<number>() }
  const { send } = server.wire
  server.wire.send = async (...request) => {
    seen.open += 1
    seen.most = Math.max(seen.most, seen.open)
    seen.asked.add(clock.elapsed)
    await next()
    return send(...request).finally(() => {
      seen.open -= 1
    })
  }
  const store = await openStore(await freshDatabase('pace'))
  const platform = pacedOn(server, store, { now: () => at, log })
  const rest = { features: [], workers: {}, now: () => at, elapsed: () => clock.elapsed, log }
  const bot = assemble({ store, platforms: [platform], ...rest })
  onTestFinished(bot.stop)
  await bot.start()
  const says = (id: string, words: string): Promise<void> =>
    bot.act(async ({ outbox, t }) => {
      const text = t(place).literal(words)
      const message = { summary: text, blocks: [{ type: 'text' as const, text }] }
      await outbox.enqueue({ to: { ...place, id }, message, key: `${id} ${words}` })
    })
  return {
    server,
    rooms,
    clock,
    seen,
    says,
    bot,
    told: (id: string) => server.sent.filter(({ room }) => room === id).map(({ content }) => content.body),
  }
}

test('rooms are written to side by side, and each in its order', async () => {
  const { rooms, says, bot, told, seen } = await inRooms(24)
  for (const words of ['prima', 'seconda']) for (const room of rooms) await says(room, words)

  await bot.settle()

  for (const room of rooms) expect(told(room)).toEqual(['prima', 'seconda'])
  expect(seen.most).toBe(16)
})

test('a homeserver that asks for patience is not asked again before, in any room, and nothing is lost', async () => {
  const { rooms, says, bot, told, seen, server, clock } = await inRooms(8)
  for (const words of ['prima', 'seconda']) for (const room of rooms) await says(room, words)
  server.fail({ busy: 5 })

  await bot.settle()
  expect(server.sent.length).toBeLessThan(rooms.length)
  clock.elapsed = 4999
  await bot.settle()
  expect([...seen.asked]).toEqual([0])
  for (let second = 5; second < 30; second += 1) {
    clock.elapsed = second * 1000
    await bot.settle()
  }

  for (const room of rooms) expect(told(room)).toEqual(['prima', 'seconda'])
})

test('who is quick presses while the numbers are still coming', async () => {
  const { says, last, dm, server } = await besideTheConsole()
  const { send } = server.wire
  let hasPressed = false
  server.wire.send = async (room, type, content, txn) => {
    if (type === 'm.reaction' && !hasPressed) {
      hasPressed = true
      const relation = { rel_type: 'm.annotation', event_id: last(room).id, key: '4️⃣' }
      await server.hear({ room, sender: user('reuser'), type, content: { 'm.relates_to': relation } })
    }
    return send(room, type, content, txn)
  }

  await says('reuser', 'pratiche')

  expect(last(dm('reuser')).body).toContain('Una sola porta per imprese ed edilizia')
})

import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { measures } from '#src/cli/measures.ts'
import type { Post } from '#src/core/feature.ts'
import { features } from '#src/features/index.ts'
import { openMetrics } from '#src/http/metrics.ts'
import { type Answering, type Bindings, listen } from '#src/http/server.ts'
import { metricsPage } from '#src/http/watching.ts'
import { assemble } from '#src/main.ts'
import { openStore } from '#src/storage/database.ts'
import { writable } from '#src/storage/writable.ts'
import { freshDatabase } from '#test/support/database.ts'
import { aPage } from '#test/support/page.ts'
import { aWire } from '#test/support/wire.ts'

async function served(app: Answering) {
  const { address, stop } = await listen(app, { host: '127.0.0.1', port: 0 })
  onTestFinished(stop)
  return async (headers: Record<string, string> = {}): Promise<{ status: number; page: string }> => {
    const answer = await fetch(`${address}/metrics`, { headers })
    return { status: answer.status, page: await answer.text() }
  }
}

test('the workspace counts what is done in it, and names nobody', async () => {
  const { app, send } = await aPage()
  const metrics = await served(app)
  await send('/as/newcomer/in/dm/say', { text: 'aiuto' })
  await send('/as/newcomer/in/dm/say', { text: 'parole riservate' })

  const { status, page } = await metrics()

  expect(status).toBe(200)
  expect(page).toContain('animatore_handler_seconds_count{interaction="command",outcome="handled"} 1')
  expect(page).toContain('animatore_handler_seconds_count{interaction="said",outcome="handled"} 1')
  expect(page).toContain('animatore_platform_up{platform="web"} 1')
  expect(page).toMatch(/^animatore_events_waiting 0$/m)
  expect(page).toMatch(/^animatore_errands_waiting 0$/m)
  expect(page).toMatch(/^process_resident_memory_bytes \d/m)
  expect(page).not.toMatch(/newcomer|riservate|example\.org/)
})

test('only who sits at the machine reads it, unless she brings the token', async () => {
  const page = { page: async () => ({ type: 'text/plain', text: 'figures' }) }
  const app = (token?: string) => new Hono<{ Bindings: Bindings }>().use(metricsPage(page, token))
  const open = await served(app())
  expect(await open()).toEqual({ status: 200, page: 'figures' })
  expect((await open({ 'x-forwarded-for': '192.0.2.1' })).status).toBe(403)

  const closed = await served(app('a long code'))
  expect((await closed()).status).toBe(403)
  expect((await closed({ authorization: 'Bearer another code' })).status).toBe(403)
  expect(await closed({ authorization: 'Bearer a long code', 'x-forwarded-for': '192.0.2.1' })).toMatchObject({
    status: 200,
  })
})

const spot = { platform: 'slack', workspace: 'T1', locale: 'it', timezone: 'Europe/Rome' } as const
const account = { platform: 'slack', workspace: 'T1', account: 'U1', name: 'Ada Neri' } as const

test('how long ago a platform was heard that always speaks', async () => {
  const store = writable(await openStore(await freshDatabase()))
  onTestFinished(store.close)
  const platforms = [{ ...aWire('matrix'), up: () => true, lag: () => 12 }, aWire('slack')]
  const { page } = openMetrics(() => measures(store, platforms, Temporal.Instant.from('2027-01-11T07:00:00Z')))

  const { text } = await page()

  expect(text).toMatch(/^animatore_sync_lag_seconds\{platform="matrix"\} 12$/m)
  expect(text).not.toContain('animatore_sync_lag_seconds{platform="slack"}')
  expect(text).toContain('animatore_database_up 1')
  expect(text).toContain('animatore_outbox_messages{platform="slack",status="dead"} 0')
})

test('queues, ages, failures and delays are told by platform and job', async () => {
  const store = writable(await openStore(await freshDatabase()))
  let now = Temporal.Instant.from('2027-01-11T07:00:00Z')
  const wire = aWire()
  const { observe, page } = openMetrics(() => measures(store, [wire], now))
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const bot = assemble({ store, features, platforms: [wire], workers: {}, now: () => now, log, observe })
  onTestFinished(bot.stop)
  await bot.start()
  const says = (key: string, to: Post['to']): Promise<void> =>
    bot.act(async ({ outbox, t }) => {
      const text = t(spot).literal('parole riservate')
      await outbox.enqueue({ to, message: { summary: text, blocks: [{ type: 'text', text }] }, key })
    })
  const place = { ...spot, id: 'C1', direct: false }

  await says('arrives', place)
  await bot.settle()
  wire.state = 'refusing'
  await says('dies', place)
  await bot.settle()
  wire.state = 'down'
  const { id } = await bot.intake.member(account)
  await says('waits', { ...place, id: 'C2' })
  await says('waits too', { ...place, id: 'C3' })
  await says('waits for her', { member: id })
  await bot.settle()
  // The digest of the week, due at 8:30 in Rome, runs an hour late.
  now = now.add({ minutes: 90 })
  const { text } = await page()

  expect(text).toContain('animatore_posts_total{platform="slack",outcome="sent"} 1')
  expect(text).toContain('animatore_posts_total{platform="slack",outcome="dead"} 1')
  expect(text).toMatch(/^animatore_posts_total\{platform="slack",outcome="later"\} 3$/m)
  expect(text).toContain('animatore_outbox_messages{platform="slack",status="dead"} 1')
  expect(text).toContain('animatore_outbox_messages{platform="slack",status="sending"} 2')
  expect(text).toContain('animatore_outbox_messages{platform="direct",status="sending"} 1')
  expect(Number(/^animatore_outbox_oldest_seconds\{platform="slack"\} (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(5300)
  expect(text).not.toMatch(/Ada|riservate|C1|U1/)

  await bot.settle()
  expect((await page()).text).toMatch(
    /^animatore_schedule_delay_seconds_sum\{name="digests.week",outcome="ran"\} 3600$/m,
  )
})

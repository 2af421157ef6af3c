import { expect, onTestFinished, test, vi } from 'vitest'
import type { Post } from '#src/core/feature.ts'
import { features } from '#src/features/index.ts'
import { assemble, type Bot } from '#src/main.ts'
import { openStore } from '#src/storage/database.ts'
import { savePlace } from '#src/storage/places.ts'
import { strict } from '#test/support/community.ts'
import { aShell, type Shell } from '#test/support/shell/shell.ts'
import { aWire, type Wire } from '#test/support/wire.ts'

const account = { platform: 'slack', workspace: 'T1', account: 'U1', name: 'Ada Neri' } as const
const spot = { platform: 'slack', workspace: 'T1', locale: 'it', timezone: 'Europe/Rome' } as const
const place: Post['to'] = { ...spot, id: 'C1', direct: false }
const privately: Post['to'] = { ...spot, id: 'D-U1', direct: true }
/** A bot that runs on one platform, and the shell beside it, on the same database. */
async function aRunningBot(): Promise<Shell & { live: Bot; wire: Wire }> {
  const shell = aShell()
  const store = await openStore(shell.path('data/animatore.db'))
  await store.transaction(tx =>
    savePlace(tx, { ...spot, address: 'C1', name: 'annunci', purpose: 'programme', scope: '', feast: null }),
  )
  const wire = aWire()
  const live = assemble({
    store,
    features,
    platforms: [wire],
    workers: {},
    now: Temporal.Now.instant,
    log: { ...strict, error: () => {} },
  })
  onTestFinished(live.stop)
  await live.start()
  return { ...shell, live, wire }
}

const says = (bot: Bot, key: string, to: Post['to']): Promise<void> =>
  bot.act(async ({ outbox, t }) => {
    const text = t(spot).literal('parole riservate')
    // The bot is on the real clock: at night nothing else would go.
    await outbox.enqueue({ to, message: { summary: text, blocks: [{ type: 'text', text }] }, key, atOnce: true })
  })

test('with nothing to tell it says so, and before the first start it says what is missing', async () => {
  expect(await aShell().bot(['outbox'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('Controlla DATABASE_URL'),
  })
  const { bot } = await aRunningBot()
  expect(await bot(['outbox'])).toEqual({ code: 0, out: 'In attesa: 0. In partenza: 0. Falliti: 0.\n', err: '' })
})

test('what failed is seen with its place and the reason, never its words, and goes out when it is sent again', async () => {
  const { bot, live, wire } = await aRunningBot()
  wire.state = 'refusing'
  const { id } = await live.intake.member(account)
  await says(live, 'to-place', place)
  await says(live, 'to-her', { member: id })
  await says(live, 'privately', privately)
  await live.settle()

  const seen = await bot(['outbox'])
  expect(seen).toMatchObject({ code: 0, err: '' })
  expect(seen.out).toContain('In attesa: 0. In partenza: 0. Falliti: 3.')
  expect(seen.out).toMatch(
    /^Fallito: da 0 minuti · slack annunci · un tentativo\n {4}not_in_channel: "…"\n {4}to-place$/m,
  )
  expect(seen.out).toMatch(/^Fallito: .* · a Ada Neri, in privato · .*\n.*\n {4}to-her$/m)
  expect(seen.out).toMatch(/^Fallito: .* · slack, in privato · .*\n.*\n {4}privately$/m)
  expect(seen.out).not.toContain('parole')
  for (const called of ['annunci', 'C1']) {
    const { out } = await bot(['outbox', '--place', called, '--only', 'dead'])
    expect(out).toContain('Falliti: 1.')
    expect(out).not.toContain('to-her')
  }

  wire.state = 'up'
  expect((await bot(['outbox', 'retry', 'to-her'])).out).toMatch(/^Rimandato un messaggio: parte entro un minuto/)
  await live.settle()
  expect(wire.delivered.map(({ at }) => at.key)).toEqual(['to-her'])
  expect((await bot(['outbox', 'retry', '--dead'])).out).toMatch(/^Rimandati 2 messaggi/)
  await live.settle()
  expect(wire.delivered.map(({ at }) => at.key)).toEqual(['to-her', 'to-place', 'privately'])
})

test('what is tried in vain is seen with its attempts, and can be dropped', async () => {
  const { bot, live, wire } = await aRunningBot()
  wire.state = 'down'
  await says(live, 'in vain', place)
  await live.settle()
  const { out } = await bot(['outbox', '--only', 'sending'])
  expect(out).toMatch(
    /^In partenza: .* · slack annunci · un tentativo( · esce .*)?\n {4}cannot be reached\n {4}in vain$/m,
  )
  expect((await bot(['outbox', 'drop', 'in vain'])).out).toBe('Scartato un messaggio: non partirà più.\n')

  wire.state = 'up'
  await says(live, 'after', place)
  await vi.waitFor(
    async () => {
      await live.settle()
      expect(wire.delivered.map(({ at }) => at.key)).toEqual(['after'])
    },
    { timeout: 10_000 },
  )
})

test('a place, a state and a key that are not there are told, and what has arrived is left alone', async () => {
  const { bot, live, wire } = await aRunningBot()
  await says(live, 'arrived', place)
  await live.settle()
  expect(wire.delivered).toHaveLength(1)
  const english = { LANG: 'en_US' }
  expect(await bot(['outbox', 'drop', 'arrived', 'nowhere'], english)).toEqual({
    code: 1,
    out: 'Nothing to drop.\n',
    err: expect.stringMatching(/^I can't drop “arrived”: it went out already.*\nI can't drop “nowhere”: /),
  })
  expect(await bot(['outbox', 'retry', 'arrived'])).toMatchObject({ code: 1, out: 'Niente da rimandare.\n' })
  expect((await bot(['outbox', '--place', 'altrove'])).err).toBe(
    'Non conosco il posto «altrove». Scrivi il suo nome o il suo indirizzo.\n',
  )
  expect(await bot(['outbox', '--only', 'lost'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Puoi scrivere: waiting, sending, dead.'),
  })
  for (const line of [['retry'], ['drop', 'arrived', '--dead']])
    expect(await bot(['outbox', ...line])).toMatchObject({ code: 2, err: expect.stringContaining('oppure --dead') })
})

test('who was forgotten leaves nothing that could be sent again', async () => {
  const { bot, live, wire } = await aRunningBot()
  wire.state = 'refusing'
  const { id } = await live.intake.member(account)
  await says(live, 'to-her', { member: id })
  await live.settle()
  await live.act(async ({ everything }) => everything.erase(id))
  wire.state = 'up'
  expect((await bot(['outbox', 'retry', '--dead'])).out).toBe('Niente da rimandare.\n')
  await live.settle()
  expect(wire.delivered).toHaveLength(0)
})

import { expect, test } from 'vitest'
import { aShell, demo } from '#test/support/shell/shell.ts'
import { until } from '#test/support/slack/delivery.ts'
import { slashes } from '#test/support/slack/hands.ts'
import { alive } from '#test/support/slack/live.ts'

for (const mode of ['socket', 'http'] as const) {
  test(`bot start with Slack in the settings, ${mode}: it answers there, says how it is, and stops when asked`, async () => {
    const { rig, dm, settings } = await alive(mode)
    const bot = aShell().running(['start'], { ...settings, PORT: '0' })
    const address = await bot.says(/in funzione su Slack.*(http:\/\/[0-9.:]+)\/healthz/)
    rig.sendTo(`${address}/slack/events`)
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({
      status: 'ready',
      platforms: { slack: 'up' },
    })

    await slashes(rig, 'mary', dm, 'help')
    await until('the answer', () => rig.screen.messages.length === 1)
    expect(await bot.stop()).toMatchObject({ code: 0 })
    expect(rig.screen.messages).toHaveLength(1)
  })
}

test('what keeps it from starting is said in one sentence', async () => {
  const { settings } = await alive('socket')
  const { bot, running } = aShell()
  const said = async (change: Record<string, string>, args = ['start']) => {
    const { code, out, err } = await bot(args, { ...settings, PORT: '0', LOG_LEVEL: 'silent', ...change })
    expect(out).toBe('')
    return { code, err }
  }
  expect(await said({ SLACK_BOT_TOKEN: 'xoxb-wrong' })).toEqual({
    code: 1,
    err: 'Slack non mi lascia entrare (invalid_auth). Con «npm run -s bot -- doctor» vedi che cosa fare.\n',
  })
  expect((await said({ SLACK_APP_TOKEN: 'xapp-wrong' })).err).toContain('Slack non mi lascia entrare (invalid_auth)')
  expect((await said({ SLACK_APP_TOKEN: '' })).err).toMatch(/bot -- doctor[\s\S]*SLACK_APP_TOKEN/)
  expect(await said({}, ['start', '--at', '2027-01-11T09:00:00Z'])).toEqual({
    code: 2,
    err: "Su Slack e su Matrix vale l'ora vera: togli --at.\n",
  })
  const first = running(['start'], { ...settings, PORT: '0' })
  const port = await first.says(/127\.0\.0\.1:(\d+)\/healthz/)
  expect((await said({ PORT: port })).err).toContain(`La porta ${port} è già occupata`)
  expect(await first.stop()).toMatchObject({ code: 0 })
})

test('a bot that is started while the one before it still runs waits for it, and says for what', async () => {
  const { settings } = await alive('socket')
  const { running } = aShell()
  const first = running(['start'], { ...settings, PORT: '0' })
  await first.says(/in funzione su Slack/)

  const second = running(['start'], { ...settings, PORT: '0' })
  await second.complains(/Aspetto la base dati/)
  expect(await first.stop()).toMatchObject({ code: 0 })
  await second.says(/in funzione su Slack/)
})

test('bot doctor looks at Slack too; a community without a kit starts, and says what is missing', async () => {
  const { settings } = await alive('socket')
  const { bot, running } = aShell()
  const well = await bot(['doctor'], settings)
  expect(well.out).toMatch(/^bene +Slack +Slack risponde: lo spazio è /m)
  expect(well.out).toMatch(/^bene +Slack +Slack: ci sono tutti i permessi/m)
  expect(well).toMatchObject({ code: 0, out: expect.stringContaining('Va tutto bene.') })
  expect((await bot(['doctor'], { ...settings, SLACK_BOT_TOKEN: 'xoxb-wrong' })).out).toMatch(
    /^DA FARE Slack +Slack non accetta SLACK_BOT_TOKEN \(invalid_auth\)/m,
  )
  const fresh = { ...settings, DATABASE_URL: 'file:data/animatore.db', DATA_DIR: 'data' }
  const bare = running(['start'], { ...fresh, PORT: '0' })
  await bare.says(/in funzione su Slack/)
  expect((await bare.stop()).err).toContain('Nessuna comunità è ancora descritta')
  expect((await bot(['apply', '--yes', demo], fresh)).code).toBe(0)
})

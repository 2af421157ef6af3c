import { expect, onTestFinished, test } from 'vitest'
import { type LiveCommunity, openCommunity } from '#src/cli/community.ts'
import { readSettings } from '#src/config.ts'
import { listen } from '#src/http/server.ts'
import { rolesOf } from '#src/storage/roles.ts'
import { signed, until } from '#test/support/slack/delivery.ts'
import { slashes, writes } from '#test/support/slack/hands.ts'
import { type Alive, alive } from '#test/support/slack/live.ts'
import type { Fault } from '#test/support/slack/web-api.ts'

const silent = { info: () => {}, warn: () => {}, error: () => {} }

/** The community as `bot start` serves it, on any free port. */
async function started({ rig, settings }: Alive): Promise<LiveCommunity & { address: string }> {
  const live = await openCommunity(readSettings(settings), silent)
  const server = await listen(live.app, { host: '127.0.0.1', port: 0 })
  onTestFinished(server.stop)
  rig.sendTo(`${server.address}/slack/events`)
  await live.start()
  return { ...live, address: server.address }
}

const readiness = async ({ address }: { address: string }): Promise<number> => (await fetch(`${address}/readyz`)).status
const outOfReach = (method: string): Fault | undefined => (method === 'auth.test' ? { method, kind: 'cut' } : undefined)

for (const mode of ['socket', 'http'] as const) {
  test(`on the real clock, ${mode}: answered at once, tried again by itself, and stopped without losing anything`, async () => {
    const here = await alive(mode)
    const { rig, dm } = here
    const live = await started(here)
    const at = performance.now()
    await slashes(rig, 'mary', dm, 'help')
    await until('the answer', () => rig.screen.messages.length === 1)
    expect(performance.now() - at).toBeLessThan(1000)
    expect(JSON.stringify(rig.screen.messages[0])).toContain('Here is what you can do')

    rig.api.faults.push({ method: 'chat.postMessage', kind: 'accept-then-cut' })
    await slashes(rig, 'mary', dm, 'help')
    await until('the look for it', () => rig.api.calls.some(({ method }) => method === 'conversations.history'))
    await slashes(rig, 'mary', dm, 'help')
    await live.stop()
    const again = await started(here)
    await until('what waited', () => rig.screen.messages.length === 3)
    expect(rig.screen.messages).toHaveLength(3)
    // The settings made her the administrator, by her id; her name came with her first word.
    await slashes(rig, 'mary', dm, 'privacy export')
    await until('her file', () => rig.api.uploads.size === 1)
    const [file] = rig.api.uploads.values()
    await again.stop()
    expect(Buffer.from(file!.bytes).toString()).toMatch(/"name": ?"mary"[\s\S]*administrator/)
  })
}

test('who is named on another platform administers too, and places where the bot does not live are told once', async () => {
  const { settings } = await alive('http')
  const ADMINS = `${settings.ADMINS},matrix:@anna:example.org`
  const warned: [string, object][] = []
  const log = { ...silent, warn: (fields: object, what: string) => void warned.push([what, fields]) }
  const live = await openCommunity(readSettings({ ...settings, ADMINS }), log)
  onTestFinished(live.stop)

  await live.start()

  const anna = { platform: 'matrix', workspace: 'example.org', account: '@anna:example.org', name: 'Anna' } as const
  const { id } = await live.bot.intake.member(anna)
  const named = await live.bot.act(({ tx }) => rolesOf(tx, id))
  expect([...named]).toContain('administrator')
  const left = warned.filter(([what]) => what.includes('does not run'))
  expect(left).toEqual([[expect.any(String), { platform: 'web', places: expect.any(Number) }]])
})

test('before there is a kit it speaks the language of the settings, also to somebody of whom Slack says nothing', async () => {
  const here = await alive('socket')
  const { rig, settings } = here
  const DATABASE_URL = `file:${settings.DATA_DIR}/bare.db`
  const live = await started({ ...here, settings: { ...settings, DATABASE_URL, DEFAULT_LOCALE: 'en' } })
  onTestFinished(live.stop)
  rig.api.faults.push({ method: 'users.info', kind: '500' })

  await slashes(rig, 'mary', here.dm, 'help')
  await until('the answer', () => rig.screen.messages.length === 1)
  expect(JSON.stringify(rig.screen.messages[0])).toContain('Here is what you can do')
})

test('requests that Slack did not sign, signed long ago, or that are far too long are refused', async () => {
  const here = await alive('http')
  const { rig } = here
  const live = await started(here)
  onTestFinished(live.stop)
  const asked = { command: '/oc', text: 'help', team_id: rig.team, user_id: 'U1', channel_id: 'D1', trigger_id: 't' }
  const body = new URLSearchParams(asked).toString()
  const send = async (headers: Record<string, string>, given = body): Promise<number> => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const url = `${live.address}/slack/events`
    return (await fetch(url, { method: 'POST', body: given, headers: { ...type, ...headers } })).status
  }
  expect(await send({})).toBe(401)
  expect(await send(signed(body, 'another secret'))).toBe(401)
  expect(await send(signed(body, rig.bot.secret, Math.floor(Date.now() / 1000) - 600))).toBe(401)
  const long = `${body}&more=${'x'.repeat(5 * 1024 * 1024)}`
  expect(await send(signed(long, rig.bot.secret), long)).toBe(413)
  expect(await send(signed(body, rig.bot.secret))).toBe(200)
  // What Slack asks while somebody writes the address into its pages.
  const tried = JSON.stringify({ type: 'url_verification', challenge: 'a-word' })
  const headers = { 'content-type': 'application/json', ...signed(tried, rig.bot.secret) }
  const answer = await fetch(`${live.address}/slack/events`, { method: 'POST', body: tried, headers })
  expect(await answer.text()).toContain('a-word')
})

test('our own server says how it is: alive, ready, and ready no more while Slack is out of reach', async () => {
  const here = await alive('socket')
  const live = await started(here)
  onTestFinished(live.stop)
  const asked = async (path: string) => {
    const answer = await fetch(`${live.address}${path}`)
    return { status: answer.status, body: answer.ok || answer.status === 503 ? await answer.json() : undefined }
  }
  expect(await asked('/healthz')).toMatchObject({ status: 200 })
  expect(await asked('/readyz')).toMatchObject({ status: 200, body: { platforms: { slack: 'up' }, database: 'up' } })
  expect((await asked('/slack/events')).status).toBe(404)
  expect((await asked('/')).status).toBe(404)

  for (let times = 0; times < 2; times += 1) here.rig.api.faults.push({ method: 'auth.test', kind: 'cut' })
  here.rig.socket!.cut()
  await until(
    'the loss to be noticed',
    () => here.rig.api.calls.filter(({ method }) => method === 'auth.test').length > 1,
  )
  expect(await asked('/readyz')).toMatchObject({ status: 503, body: { platforms: { slack: 'down' } } })
  expect(await asked('/healthz')).toMatchObject({ status: 200 })
  await until('the next socket', () => here.rig.socket!.connections === 1)
  await slashes(here.rig, 'mary', here.dm, 'help')
  await until('the answer', () => here.rig.screen.messages.length === 1)
})

test('Slack out of reach when the bot starts: it starts all the same, and is there when Slack is', async () => {
  const here = await alive('socket')
  here.rig.api.faults.push({ method: 'auth.test', kind: '500' })
  const live = await started(here)
  onTestFinished(live.stop)
  expect(here.rig.socket!.connections).toBe(0)
  await until('the socket', () => here.rig.socket!.connections === 1)
  await slashes(here.rig, 'mary', here.dm, 'help')
  await until('the answer', () => here.rig.screen.messages.length === 1)
})

test('out of reach at the start, by signed requests: what comes too early is refused, so that Slack brings it again', async () => {
  const here = await alive('http')
  const { rig, dm } = here
  rig.api.fate = outOfReach
  const live = await started(here)
  onTestFinished(live.stop)
  expect(await slashes(rig, 'mary', dm, 'help')).toBeUndefined()
  await writes(rig, 'mary', dm, 'help', { id: 'Ev1' })
  expect(rig.screen.messages).toHaveLength(0)
  delete rig.api.fate
  await expect.poll(() => readiness(live), { timeout: 10_000 }).toBe(200)

  expect(await writes(rig, 'mary', dm, 'help', { id: 'Ev1' })).toBe(1)
  await until('the answer', () => rig.screen.messages.length === 1)
})

test('a bot that never reached Slack stops when asked', async () => {
  const here = await alive('socket')
  here.rig.api.fate = outOfReach
  const live = await started(here)
  expect(await readiness(live)).toBe(503)
  await live.stop()
  const asked = here.rig.api.calls.length
  delete here.rig.api.fate
  const again = await started(here)
  onTestFinished(again.stop)
  await slashes(here.rig, 'mary', here.dm, 'help')
  await until('the answer', () => here.rig.screen.messages.length === 1)
  expect(here.rig.api.calls.slice(0, asked).map(({ method }) => method)).toEqual(
    Array.from({ length: asked }, () => 'auth.test'),
  )
})

test('a revoked token of the line: the bot says it is not ready, goes on trying, and is there with a good one', async () => {
  const here = await alive('socket')
  const { rig } = here
  const live = await started(here)
  onTestFinished(live.stop)
  expect(await readiness(live)).toBe(200)
  const opens = () => rig.api.calls.filter(({ method }) => method === 'apps.connections.open').length
  rig.api.scopesOf.delete(rig.bot.appToken)
  rig.socket!.cut()
  await until('two refusals', () => opens() > 2)
  expect(await readiness(live)).toBe(503)

  rig.api.scopesOf.set(rig.bot.appToken, ['connections:write'])
  await until('the line', () => rig.socket!.connections === 1)
  await slashes(rig, 'mary', here.dm, 'help')
  await until('the answer', () => rig.screen.messages.length === 1)
  expect(await readiness(live)).toBe(200)
})

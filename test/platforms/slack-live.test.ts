import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type LiveCommunity, openCommunity } from '#src/cli/community.ts'
import { readSettings } from '#src/config.ts'
import { scopes } from '#src/platforms/slack/scopes.ts'
import { openStore } from '#src/storage/database.ts'
import { demonstration } from '#test/support/demonstration.ts'
import { until } from '#test/support/slack/delivery.ts'
import { slashes } from '#test/support/slack/hands.ts'
import { openRig, type Rig } from '#test/support/slack/rig.ts'

const silent = { info: () => {}, warn: () => {}, error: () => {} }

async function alive(mode: 'socket' | 'http'): Promise<{ rig: Rig; dm: string; open: () => Promise<LiveCommunity> }> {
  const rig = await openRig({
    mode,
    people: [{ name: 'mary', locale: 'en-GB' }],
    channels: [],
    scopes: Object.keys(scopes),
  })
  const db = join(mkdtempSync(join(tmpdir(), 'animatore-live-')), 'live.db')
  const store = await openStore(db)
  await store.transaction(tx => demonstration(tx, Temporal.Now.instant()))
  await store.close()
  onTestFinished(rig.close)
  const { token, appToken, secret } = rig.bot
  const settings = readSettings({
    DATABASE_URL: `file:${db}`,
    SLACK_BOT_TOKEN: token,
    SLACK_API_URL: rig.api.url,
    ADMINS: `slack:${rig.team}/${rig.users.get('mary')}`,
    ...(mode === 'http' ? { SLACK_SIGNING_SECRET: secret } : { SLACK_APP_TOKEN: appToken }),
  })
  const { channel } = (await rig.as('animatore', 'conversations.open', { users: rig.users.get('mary') })) as {
    channel: { id: string }
  }
  const open = async (): Promise<LiveCommunity> => {
    const live = await openCommunity(settings, silent)
    if (live?.slackRequests) {
      const server = createServer(live.slackRequests)
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      onTestFinished(() => void server.close())
      rig.sendTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
    }
    return live!
  }
  return { rig, dm: channel.id, open }
}

for (const mode of ['socket', 'http'] as const) {
  test(`on the real clock, ${mode}: answered at once, tried again by itself, and stopped without losing anything`, async () => {
    const { rig, dm, open } = await alive(mode)
    const live = await open()
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
    const again = await open()
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

test('requests that Slack did not sign, or signed long ago, are refused', async () => {
  const { rig, open } = await alive('http')
  const live = await open()
  onTestFinished(live.stop)
  const { signed } = await import('#test/support/slack/delivery.ts')
  const server = createServer(live.slackRequests!)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  const body = new URLSearchParams({
    command: '/oc',
    text: 'help',
    team_id: rig.team,
    user_id: 'U1',
    channel_id: 'D1',
    trigger_id: 't',
  }).toString()
  const send = async (headers: Record<string, string>): Promise<number> => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return (await fetch(url, { method: 'POST', body, headers: { ...type, ...headers } })).status
  }
  expect(await send({})).toBe(401)
  expect(await send(signed(body, 'another secret'))).toBe(401)
  expect(await send(signed(body, rig.bot.secret, Math.floor(Date.now() / 1000) - 600))).toBe(401)
  expect(await send(signed(body, rig.bot.secret))).toBe(200)
})

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, expect } from 'vitest'
import { openWire } from '#src/platforms/matrix/sdk/client.ts'
import { homeserver } from '#test/support/matrix/homeserver.ts'

test('smoke', async () => {
  const hs = homeserver()
  const bot = await hs.register(hs.fresh('bot'))
  const ann = await hs.register(hs.fresh('ann'))
  const kept: Record<string, unknown> = {}
  const memory = { get: async (n: string) => kept[n], set: async (e: object) => void Object.assign(kept, e), startingWith: async () => [] }
  const log = { info: console.log, warn: console.log, error: console.log }
  const wire = await openWire({ homeserver: hs.url, user: bot.user, password: bot.password, folder: mkdtempSync(join(tmpdir(), 'mx-')), memory, log })
  const heard: unknown[] = []
  await wire.start({ heard: async e => void heard.push(e), invited: async i => { console.log(i); await wire.join(i.room) } })
  const { room_id } = await hs.call('POST', '/_matrix/client/v3/createRoom', ann.token, { invite: [bot.user], is_direct: true })
  await expect.poll(() => wire.room(String(room_id)), { timeout: 10000 }).toBeTruthy()
  console.log(wire.room(String(room_id)))
  await hs.call('PUT', `/_matrix/client/v3/rooms/${room_id}/send/m.room.message/1`, ann.token, { msgtype: 'm.text', body: 'ciao' })
  await expect.poll(() => JSON.stringify(heard), { timeout: 10000 }).toContain('ciao')
  console.log(heard)
  const dm = await wire.openDirect(ann.user)
  console.log(wire.room(dm), await wire.send(dm, 'm.room.message', { msgtype: 'm.notice', body: 'x' }, 't1'), await wire.send(dm, 'm.room.message', { msgtype: 'm.notice', body: 'x' }, 't1'))
  console.log('STATE', JSON.stringify(await hs.call('GET', `/_matrix/client/v3/rooms/${dm}/state`, bot.token)).slice(0,3000)); console.log('STOP', Date.now());  await wire.stop(); console.log('STOPPED', Date.now())
})

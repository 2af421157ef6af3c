import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { Refused } from '#src/core/platform.ts'
import { openSession } from '#src/platforms/matrix/sdk/session.ts'
import { homeserver, type Registered } from '#test/support/matrix/homeserver.ts'

const hs = homeserver(inject('homeserver'))
const aFolder = (): string => mkdtempSync(join(tmpdir(), 'animatore-session-'))
const account = (name: string): Promise<Registered> => hs.register(hs.fresh(name))

async function devicesOf({ token }: { token: string }): Promise<string[]> {
  const { devices } = await hs.call('GET', '/_matrix/client/v3/devices', token)
  return (devices as { device_id: string }[]).map(({ device_id: id }) => id)
}

test('with a password it logs in once: token and device are kept, and taken up again', async () => {
  const [{ user, password }, folder] = [await account('once'), aFolder()]
  const first = await openSession(folder, { homeserver: hs.url, user, password })
  expect(await openSession(folder, { homeserver: hs.url, user, password })).toEqual(first)
  expect((await devicesOf(first)).filter(device => device.startsWith('ANIMATORE'))).toEqual([first.device])
})

test('when its token opens nothing any more, the same device logs in again', async () => {
  const [{ user, password }, folder] = [await account('again'), aFolder()]
  const first = await openSession(folder, { homeserver: hs.url, user, password })
  await hs.call('POST', '/_matrix/client/v3/logout', first.token, {})
  const second = await openSession(folder, { homeserver: hs.url, user, password })
  expect(second).toEqual({ ...first, token: second.token })
  expect(second.token).not.toBe(first.token)
})

test('with an access token it is the device that the token belongs to', async () => {
  const [{ user, token, device }, folder] = [await account('token'), aFolder()]
  const first = await openSession(folder, { homeserver: hs.url, user, token })
  expect(first).toMatchObject({ user, token, device })
  expect(await openSession(folder, { homeserver: hs.url, user, token })).toEqual(first)
})

test('a token of somebody else, one that opens nothing, and a wrong password are refused by name', async () => {
  const [{ user }, other] = [await account('mine'), await account('other')]
  const open = (given: { token?: string; password?: string }) =>
    openSession(aFolder(), { homeserver: hs.url, user, ...given })
  await expect(open({ token: other.token })).rejects.toEqual(new Refused('Matrix', 'MATRIX_ACCESS_TOKEN'))
  await expect(open({ token: 'nothing' })).rejects.toEqual(new Refused('Matrix', 'MATRIX_ACCESS_TOKEN'))
  await expect(open({ password: 'wrong' })).rejects.toEqual(new Refused('Matrix', 'MATRIX_PASSWORD'))
})

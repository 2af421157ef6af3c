import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClientEvent } from 'matrix-js-sdk'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openWire } from '#src/platforms/matrix/sdk/client.ts'
import { openStore } from '#src/storage/database.ts'
import { isUnable } from '#src/storage/failures.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { type Fated, openProxy } from '#test/chaos/matrix-proxy.ts'
import { strict } from '#test/support/community.ts'
import { freshDatabase } from '#test/support/database.ts'
import { homeserver, type Registered } from '#test/support/matrix/homeserver.ts'

const hs = homeserver(inject('homeserver'))
const account = (name: string): Promise<Registered> => hs.register(hs.fresh(name))

// A process keeps its state in one folder, whatever the account.
const folder = mkdtempSync(join(tmpdir(), 'animatore-directs-'))

async function wireOf({ user, password }: Registered, homeserver = hs.url) {
  const memory = memoryOf(await openStore(await freshDatabase()), 'matrix')
  const wire = await openWire({ homeserver, user, password, folder, memory, isUnable, log: strict })
  onTestFinished(() => wire.stop())
  await wire.start({ heard: async () => {}, invited: async () => {} })
  return wire
}
const nobodyAsks = (): boolean => false
const marked = ({ user, token }: Registered) =>
  hs.call('GET', `/_matrix/client/v3/user/${user}/account_data/m.direct`, token)

test('asked for at the same moment, there is one conversation with each, and all of them are marked', async () => {
  const [bot, one, other] = [await account('b1'), await account('one'), await account('another')]
  const wire = await wireOf(bot)

  const rooms = await Promise.all([one, other, one].map(({ user }) => wire.openDirect(user, nobodyAsks)))

  expect(rooms[2]).toBe(rooms[0])
  expect(await marked(bot)).toEqual({ [one.user]: [rooms[0]], [other.user]: [rooms[1]] })
})

test('a room that it made, and was cut off before it could mark it, is the one she gets', async () => {
  const [bot, her] = [await account('b2'), await account('her')]
  const { room_id: made } = await hs.call('POST', '/_matrix/client/v3/createRoom', bot.token, {
    is_direct: true,
    invite: [her.user],
    preset: 'trusted_private_chat',
    initial_state: [{ type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }],
  })
  const wire = await wireOf(bot)

  expect(await wire.openDirect(her.user, nobodyAsks)).toBe(made)
  expect(await marked(bot)).toEqual({ [her.user]: [made] })
})

test('what another device marked since is kept, and used', async () => {
  const [bot, her, other] = [await account('b3'), await account('she'), await account('other')]
  const wire = await wireOf(bot)
  const path = `/_matrix/client/v3/user/${bot.user}/account_data/m.direct`
  await hs.call('PUT', path, bot.token, { [other.user]: ['!elsewhere:localhost'] })

  await wire.markDirect(her.user, '!own:localhost')

  expect(await marked(bot)).toEqual({ [other.user]: ['!elsewhere:localhost'], [her.user]: ['!own:localhost'] })
})

interface Way {
  url: string
  /** From now on syncs wait. */
  hold(): void
  /** Resolves when one does. */
  held: Promise<void>
  go(): void
  /** What befalls another request. */
  befalls: Fated
}

async function wayTo(upstream: string): Promise<Way> {
  const [held, going] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let holds = false
  const way: Way = {
    url: '',
    hold: () => {
      holds = true
    },
    held: held.promise,
    go: going.resolve,
    befalls: () => undefined,
  }
  const { url, close } = await openProxy(upstream, async (kind, path) => {
    if (kind !== 'sync') return way.befalls(kind, path)
    if (!holds) return undefined
    held.resolve()
    await going.promise
    return undefined
  })
  onTestFinished(close)
  return Object.assign(way, { url })
}

/** From now on each sync of somebody waits; the one that is on its way was the last. */
async function noSyncsTo({ user, token }: Registered, way: Way): Promise<void> {
  way.hold()
  await hs.call('PUT', `/_matrix/client/v3/user/${user}/account_data/test.wakes`, token, {})
  await way.held
}

test('a conversation that comes while the homeserver is asked where the bot is, is the one she gets', async () => {
  const [bot, her] = [await account('b4'), await account('too')]
  const way = await wayTo(hs.url)
  const wire = await wireOf(bot, way.url)
  way.hold()
  const direct = { is_direct: true, invite: [bot.user], preset: 'trusted_private_chat' }
  const hers = String((await hs.call('POST', '/_matrix/client/v3/createRoom', her.token, direct)).room_id)
  await way.held
  await wire.markDirect(her.user, hers)
  await wire.join(hers, '')
  const come = Promise.withResolvers<undefined>()
  wire.client.on(ClientEvent.Sync, () => void (wire.room(hers) && come.resolve(undefined)))
  way.befalls = (_, path) => {
    if (!path.includes('/joined_rooms')) return undefined
    way.go()
    return come.promise
  }

  expect(await wire.openDirect(her.user, nobodyAsks)).toBe(hers)
  expect(await marked(bot)).toEqual({ [her.user]: [hers] })
})

test('a room that was made, and of which the bot never heard, is waited for: no other is made', async () => {
  const [bot, her] = [await account('b5'), await account('last')]
  const way = await wayTo(hs.url)
  const wire = await wireOf(bot, way.url)
  await noSyncsTo(bot, way)
  way.befalls = (_, path) =>
    path.endsWith('/createRoom') ? { kind: 'accept-then-cut', retryAfter: 0, milliseconds: 0 } : undefined
  await expect(wire.openDirect(her.user, nobodyAsks)).rejects.toThrow('createRoom')
  way.befalls = () => undefined
  await expect(wire.openDirect(her.user, nobodyAsks)).rejects.toThrow('has not come yet')

  way.go()
  const opened = () => wire.openDirect(her.user, nobodyAsks).catch(() => undefined)
  await expect.poll(opened, { timeout: 10_000 }).toBeDefined()
  const { joined_rooms: joined } = await hs.call('GET', '/_matrix/client/v3/joined_rooms', bot.token)
  expect(joined).toHaveLength(1)
})

test('whoever has asked the bot in herself is not asked into another', async () => {
  const [bot, her] = [await account('b6'), await account('asks')]
  const wire = await wireOf(bot)
  await expect(wire.openDirect(her.user, () => true)).rejects.toThrow('has yet to go')
  // She asks while the homeserver is.
  const asks = [false, true]
  await expect(wire.openDirect(her.user, () => asks.shift() === true)).rejects.toThrow('has yet to go')
  const { joined_rooms: joined } = await hs.call('GET', '/_matrix/client/v3/joined_rooms', bot.token)
  expect(joined).toEqual([])
})

test('a room that was made and could not be marked is the one she gets', async () => {
  const [bot, her] = [await account('b7'), await account('unmarked')]
  const way = await wayTo(hs.url)
  const wire = await wireOf(bot, way.url)
  await noSyncsTo(bot, way)
  way.befalls = (kind, path) =>
    kind.startsWith('PUT') && path.includes('m.direct') ? { kind: '500', retryAfter: 0, milliseconds: 0 } : undefined
  await expect(wire.openDirect(her.user, nobodyAsks)).rejects.toThrow('m.direct')
  way.befalls = () => undefined
  const opening = wire.openDirect(her.user, nobodyAsks)
  way.go()
  const opened = await opening
  expect(await marked(bot)).toEqual({ [her.user]: [opened] })
  const { joined_rooms: joined } = await hs.call('GET', '/_matrix/client/v3/joined_rooms', bot.token)
  expect(joined).toHaveLength(1)
})

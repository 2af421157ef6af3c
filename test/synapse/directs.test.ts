import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClientEvent } from 'matrix-js-sdk'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openWire } from '#src/platforms/matrix/sdk/client.ts'
import { openStore } from '#src/storage/database.ts'
import { isUnable } from '#src/storage/failures.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { openProxy } from '#test/chaos/matrix-proxy.ts'
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
const marked = ({ user, token }: Registered) =>
  hs.call('GET', `/_matrix/client/v3/user/${user}/account_data/m.direct`, token)

test('asked for at the same moment, there is one conversation with each, and all of them are marked', async () => {
  const [bot, one, other] = [await account('b1'), await account('one'), await account('another')]
  const wire = await wireOf(bot)

  const rooms = await Promise.all([one, other, one].map(({ user }) => wire.openDirect(user)))

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

  expect(await wire.openDirect(her.user)).toBe(made)
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
  holds: boolean
  syncAsked: Promise<void>
  come: () => void
}

/** A way to the homeserver on which, once it `holds`, syncs wait until it is asked where the bot is, which waits for `come`. */
async function narrow(): Promise<Way> {
  const syncAsked = Promise.withResolvers<void>()
  const lookAsked = Promise.withResolvers<void>()
  const come = Promise.withResolvers<void>()
  const way: Way = { url: '', holds: false, syncAsked: syncAsked.promise, come: come.resolve }
  const { url, close } = await openProxy(hs.url, async (kind, path) => {
    if (way.holds && kind === 'sync') {
      syncAsked.resolve()
      await lookAsked.promise
    }
    if (path.includes('/joined_rooms')) {
      lookAsked.resolve()
      await come.promise
    }
    return undefined
  })
  onTestFinished(close)
  return Object.assign(way, { url })
}

test('a conversation that comes while the homeserver is asked where the bot is, is the one she gets', async () => {
  const [bot, her] = [await account('b4'), await account('too')]
  const way = await narrow()
  const wire = await wireOf(bot, way.url)
  way.holds = true
  const asked = { is_direct: true, invite: [bot.user], preset: 'trusted_private_chat' }
  const hers = String((await hs.call('POST', '/_matrix/client/v3/createRoom', her.token, asked)).room_id)
  await way.syncAsked
  await wire.markDirect(her.user, hers)
  await wire.join(hers, '')
  wire.client.on(ClientEvent.Sync, () => void (wire.room(hers) && way.come()))

  expect(await wire.openDirect(her.user)).toBe(hers)
  expect(await marked(bot)).toEqual({ [her.user]: [hers] })
})

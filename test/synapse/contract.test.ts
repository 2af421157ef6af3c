import { afterAll, describe, expect } from 'vitest'
import type { Place } from '#src/core/interaction.ts'
import { openProxy } from '#test/chaos/matrix-proxy.ts'
import { platformContract, type Staged } from '#test/platforms/contract.ts'
import { shows } from '#test/support/matrix/contract.ts'
import type { MatrixPerson } from '#test/support/matrix/person.ts'
import { matrixWorld, type World } from '#test/support/matrix/world.ts'

/** The room whose next post is answered in vain: in others, earlier answers may still be getting their numbers. */
interface State {
  losesIn?: string | undefined
}

/** One bot for the whole contract, and a room for each test. */
function onSynapse(encrypted: boolean): () => Promise<Staged> {
  const ends: (() => Promise<void>)[] = []
  const state: State = {}
  const open = async (): Promise<{ world: World; reuser: MatrixPerson }> => {
    const by = async (homeserver: string): Promise<string> => {
      const proxy = await openProxy(homeserver, (kind, path) => {
        if (kind !== 'send' || !state.losesIn || !path.includes(encodeURIComponent(state.losesIn))) return undefined
        state.losesIn = undefined
        return { kind: 'accept-then-cut', retryAfter: 0, milliseconds: 0 }
      })
      ends.push(proxy.close)
      return proxy.url
    }
    const world = await matrixWorld({ encrypted, by, finally: end => void ends.push(end) })
    await world.start()
    return { world, reuser: await world.as('reuser') }
  }
  let opened: ReturnType<typeof open> | undefined
  afterAll(async () => {
    for (const end of ends.toReversed()) await end()
  })
  return async () => {
    opened ??= open()
    const { world, reuser } = await opened
    return staged(world, reuser, state)
  }
}

async function staged(world: World, reuser: MatrixPerson, state: State): Promise<Staged> {
  const { platform, bot } = world.running()
  const own = await reuser.direct()
  const room = await world.freshRoom(reuser)
  const told = reuser.seen(own).length
  // What is said there is answered: the bot is in, and knows it.
  await reuser.says('!oc aiuto', { in: room })
  await expect.poll(() => reuser.seen(own).length, { timeout: 30_000 }).toBe(told + 1)
  const account = { platform: 'matrix' as const, workspace: 'localhost', account: reuser.user, name: 'reuser' }
  const direct = { ...(await platform.direct(account)), locale: 'it' }
  const before = reuser.seen(direct.id).length
  return {
    platform,
    direct,
    place: await bot.intake.place('matrix', 'localhost', room),
    file: await bot.intake.keep(
      { name: 'grafico.png', type: 'image/png', bytes: Buffer.from('PNG') },
      await bot.intake.member(account),
    ),
    loseNextAnswer: () => {
      state.losesIn = room
    },
    seen: async place => {
      await caughtUp(world, reuser, place)
      const all = reuser.seen(place.id).slice(place.direct ? before : 0)
      return all.map(({ body }) => shows(body))
    },
    asked: async () => {
      await reuser.tells('richiesta')
      const [labels, problem] = [[(await reuser.tells('P-0001')).body], (await reuser.tells('9')).body]
      labels.push((await reuser.tells('1')).body)
      await reuser.tells('annulla')
      return { labels, problems: [problem].filter(each => each.includes('Non trovo «9»')) }
    },
    // What was to be lost, was.
    close: async () => expect(state.losesIn).toBeUndefined(),
  }
}

/** Her client has what the homeserver has. */
async function caughtUp({ hs, bot }: World, { client }: MatrixPerson, { id }: Place): Promise<void> {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(id)}/messages?dir=b&limit=1`
  const { chunk } = (await hs.call('GET', path, bot.token)) as { chunk: { event_id: string }[] }
  const last = chunk[0]?.event_id ?? ''
  await expect.poll(() => client.getRoom(id)?.findEventById(last)?.isBeingDecrypted(), { timeout: 30_000 }).toBe(false)
}

describe('plain', () => platformContract('Matrix on Synapse', onSynapse(false)))
describe('encrypted', () => platformContract('Matrix on Synapse', onSynapse(true)))

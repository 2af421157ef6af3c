// A way to a real homeserver, in a process of its own, on which requests go wrong as the seed decides.

import { type Dice, dice } from './dice.ts'
import { fatesOn, type Victims } from './fates.ts'
import { type Account, type Homeserver, homeserver } from './homeserver.ts'
import { foundIn } from './matrix-found.ts'
import { openProxy, type Passage } from './matrix-proxy.ts'
import type { Size } from './plan.ts'
import { answering } from './remote.ts'
import type { Server } from './server.ts'

interface Open {
  home: Homeserver
  proxy: Passage
  bot: Account
  people: Account[]
  rooms: Map<string, string>
  victims: Victims
}
const state: { open?: Open } = {}
const opened = (): Open => {
  if (!state.open) throw new Error('not open')
  return state.open
}

/** What befalls a request: a long poll seldom, or nothing would ever be heard. */
const shares = { '429': 0.02, '500': 0.02, cut: 0.02, 'accept-then-cut': 0.03, slow: 0.02, kill: 0.006 }
const seldom = { '500': 0.01, cut: 0.01, kill: 0.002, late: 0.05 }

async function open({ seed, places, people: count, url }: Size & { seed: number; url: string }): Promise<Server> {
  const home = homeserver(url)
  const bot = await home.register('bot')
  const people: Account[] = []
  for (let at = 0; at < count; at += 1) people.push(await home.register(`p${at}`))
  const rooms = await furnished(home, bot, people, places)
  const victims: Victims = { pids: [], faults: {} }
  const proxy = await openProxy(url, decided(dice(seed), victims))
  state.open = { home, proxy, bot, people, rooms, victims }
  return {
    platform: 'matrix',
    settings: { MATRIX_HOMESERVER_URL: proxy.url, MATRIX_USER_ID: bot.user, MATRIX_PASSWORD: bot.password },
    workspace: bot.user.slice(bot.user.indexOf(':') + 1),
    places: [...rooms].filter(([, where]) => where.startsWith('place')).map(([id]) => id),
    people: people.map(({ user }) => user),
  }
}

function decided(throws: Dice, victims: Victims) {
  const often = fatesOn(throws, shares, victims)
  const rarely = fatesOn(throws, seldom, victims)
  return (kind: string) => (kind === 'send' || kind === 'upload' ? often(kind) : rarely(kind))
}

/** Every room of the plan, with the bot invited: what is where, by the room's id. */
async function furnished(
  home: Homeserver,
  bot: Account,
  people: Account[],
  places: number,
): Promise<Map<string, string>> {
  const rooms = new Map<string, string>()
  const [first] = people
  for (let at = 0; at < places && first; at += 1) {
    rooms.set(await home.room(first, { invite: [bot.user], preset: 'private_chat' }), `place ${at}`)
  }
  for (const [at, person] of people.entries()) {
    const direct = { invite: [bot.user], preset: 'trusted_private_chat', is_direct: true }
    rooms.set(await home.room(person, direct), `person ${at}`)
  }
  return rooms
}

/** Resolves when the bot has come to everybody: who is written to before would have another conversation. */
async function ready(): Promise<void> {
  const { home, people, rooms, bot } = opened()
  for (const [at, person] of people.entries()) {
    const room = directRoom(at, rooms)
    await home.until(() => home.isIn(room, person, bot.user))
  }
}

function directRoom(person: number, rooms: ReadonlyMap<string, string>): string {
  const [room] = [...rooms].find(([, where]) => where === `person ${person}`) ?? []
  if (!room) throw new Error(`no person ${person}`)
  return room
}

async function bring({ person, text, id }: { person: number; text: string; id: string }): Promise<void> {
  const { home, people, rooms } = opened()
  const who = people[person]
  if (who) await home.say(who, directRoom(person, rooms), text, id)
}

const found = async () => {
  const { home, people, rooms, bot } = opened()
  return foundIn({ home, people, rooms, bot: bot.user })
}

/** Conversations that were begun with people who had one: what was said there, nobody here has looked for. */
async function again(): Promise<string[]> {
  const { home, people } = opened()
  const asked = async ({ token }: Account, at: number): Promise<string[]> => {
    const { rooms } = await home.call('GET', '/_matrix/client/v3/sync?timeout=0', token)
    const { invite = {} } = (rooms ?? {}) as { invite?: Record<string, unknown> }
    return Object.keys(invite).map(room => `the conversation with person ${at} (${room})`)
  }
  return (await Promise.all(people.map(asked))).flat()
}

answering({
  open,
  ready,
  bring,
  found,
  again,
  living: (pids: number[]) => void Object.assign(opened().victims, { pids }),
  faults: () => opened().victims.faults,
  close: () => opened().proxy.close(),
})

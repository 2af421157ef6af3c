import { randomUUID } from 'node:crypto'
import { createEmulator } from 'emulate'
import { type Delivery, openRequests, openSocket, type Socket } from './delivery.ts'
import { type Modal, openScreen, type Screen } from './screen.ts'
import { problemsOfView } from './validate.ts'
import { openWebApi, type Upload, type WebApi } from './web-api.ts'

type Json = Record<string, unknown>

export interface Person {
  name: string
  realName?: string
  locale?: string
  zone?: string
}
export interface RigOptions {
  mode: 'socket' | 'http'
  people: readonly Person[]
  channels: readonly { name: string; members: readonly string[]; private?: boolean; withBot?: boolean }[]
  scopes: readonly string[]
}

/** A Slack workspace of our own, with people in it. */
export interface Rig {
  mode: RigOptions['mode']
  api: WebApi
  screen: Screen
  team: string
  bot: { user: string; token: string; appToken: string; secret: string }
  /** Native ids by name. */
  users: ReadonlyMap<string, string>
  channels: ReadonlyMap<string, string>
  socket: Socket | undefined
  /** Where signed requests go. */
  sendTo(url: string): void
  /** Calls the emulator as a person. */
  as(person: string, method: string, args: Json): Promise<Json>
  /** Brings an event, again and again as Slack does, until it is acknowledged; how often it took. */
  event(event: Json, options?: { id?: string; attempts?: number }): Promise<number>
  bring: Delivery['bring']
  /** A file that a person has put into Slack, as Slack tells of it. */
  keep(person: string, file: { id: string; name: string; mimetype: string; size: number; bytes: Uint8Array }): Json
  /** The answer to a submission put another view into the modal. */
  redrawn(modal: Modal, view: Json): void
  /** What every interaction of a person carries, with a fresh trigger. */
  acting(person: string, channel?: string, message?: { ts: string; only: string | undefined }): Promise<Json>
  close(): Promise<void>
}

const BOT = 'animatore'
/** The rig acts for the bot with every permission, whatever the bot itself was given. */
const OURS = 'xoxb-rig'
const token = (name: string): string => `xoxp-${name}`

export async function openRig({ mode, people, channels, scopes }: RigOptions): Promise<Rig> {
  const secret = 'a-signing-secret'
  const botToken = 'xoxb-animatore'
  const seed = {
    signing_secret: secret,
    strict_scopes: true,
    users: [
      ...people.map(({ name, realName = name }) => ({ name, real_name: realName })),
      { name: BOT, real_name: 'Animatore' },
    ],
    channels: channels.map(({ name, private: closed = false }) => ({ name, is_private: closed })),
    oauth_apps: [
      { client_id: 'c', client_secret: 's', name: 'Animatore', redirect_uris: [], app_id: 'A1', bot_name: BOT },
    ],
    tokens: [
      { token: botToken, user: BOT, type: 'bot', app_id: 'A1', scopes: [...scopes] },
      { token: OURS, user: BOT, type: 'bot', app_id: 'A1' },
      ...people.map(({ name }) => ({ token: token(name), user: name })),
    ],
  }
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: seed } })
  const screen = openScreen()
  const api = await openWebApi(emulator.url, screen)
  const everyone = [...people.map(({ name }) => name), BOT]
  api.scopesOf.set(botToken, scopes)
  for (const { name } of people) api.scopesOf.set(token(name), ['*'])
  const socket = mode === 'socket' ? openSocket(api.server) : undefined
  const target = { url: '' }
  const delivery: Delivery = socket ?? openRequests(secret, () => target.url)
  const call = async (bearer: string, method: string, args: Json): Promise<Json> => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }
    const answer = await fetch(`${emulator.url}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(args) })
    const body = (await answer.json()) as Json
    if (body.ok !== true) throw new Error(`${method}: ${String(body.error)}`)
    return body
  }
  const admin = token(people[0]?.name ?? '')
  const members = (await call(admin, 'users.list', { limit: 1000 })).members as { id: string; name: string }[]
  const users = new Map(members.filter(({ name }) => everyone.includes(name)).map(({ id, name }) => [name, id]))
  const listed = (await call(admin, 'conversations.list', { limit: 1000, types: 'public_channel,private_channel' }))
    .channels as {
    id: string
    name: string
  }[]
  const ids = new Map(listed.map(({ id, name }) => [name, id]))
  for (const { name, members: inside, withBot = true } of channels) {
    const here = [...inside, ...(withBot ? [BOT] : [])]
    for (const outsider of everyone.filter(each => !here.includes(each))) {
      await call(outsider === BOT ? OURS : token(outsider), 'conversations.leave', { channel: ids.get(name) ?? '' })
    }
  }
  api.answers.set('apps.connections.open', () => ({ ok: true, url: `ws://127.0.0.1:${api.port}/link` }))
  api.scopesOf.set('xapp-animatore', ['connections:write'])
  api.answers.set('files.info', ({ file = '' }) => {
    const { bytes: _, ...known } = api.kept.get(file) ?? { bytes: undefined }
    if ('id' in known) return { ok: true, file: known }
    const mine = api.uploads.get(file)
    return mine ? { ok: true, file: { id: file, name: mine.name, mimetype: looked(mine, api) } } : NO_FILE
  })
  api.answers.set('users.info', ({ user = '' }) =>
    scopes.includes('users:read')
      ? profile(user, users, people)
      : { ok: false, error: 'missing_scope', needed: 'users:read' },
  )
  api.answers.set('api.test', () => ({ ok: true }))
  const team = String((await call(OURS, 'auth.test', {})).team_id)
  return {
    mode,
    api,
    screen,
    team,
    bot: { user: users.get(BOT) ?? '', token: botToken, appToken: 'xapp-animatore', secret },
    users,
    channels: ids,
    socket,
    sendTo: url => {
      target.url = url
    },
    as: (person, method, args) => call(person === BOT ? OURS : token(person), method, args),
    bring: delivery.bring,
    event: async (event, { id = `Ev${randomUUID()}`, attempts = 4 } = {}) => {
      const envelope = { type: 'event_callback', team_id: team, api_app_id: 'A1', event_id: id, event_time: 1, event }
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        if (await delivery.bring('events_api', envelope, attempt)) return attempt + 1
      }
      return attempts
    },
    acting: async (person, channel, message) => {
      const user = users.get(person) ?? ''
      const { trigger_id } = await call(OURS, 'views.generateTriggerId', { user_id: user })
      api.triggers.set(String(trigger_id), user)
      const address = [channel ?? '', user, message?.only ? message.ts : ''].join('/')
      return {
        team: { id: team, domain: 'rig' },
        user: { id: user, name: person, team_id: team },
        trigger_id,
        response_url: `http://127.0.0.1:${api.port}/response/${address}`,
        ...(channel && { channel: { id: channel, name: 'c' } }),
      }
    },
    keep: (_, { bytes, ...file }) => {
      const url = `http://127.0.0.1:${api.port}/kept/${file.id}`
      api.kept.set(file.id, { ...file, url_private: url, url_private_download: url, bytes })
      return { ...file, url_private: url, url_private_download: url }
    },
    redrawn: (modal, view) => {
      const problems = problemsOfView(view)
      if (problems.length > 0) api.refused.push({ method: 'response_action', problems, args: {} })
      screen.modal(modal.id, modal.user, view)
    },
    close: async () => {
      delivery.close()
      await api.close()
      await emulator.close()
    },
  }
}

const NO_FILE = { ok: false, error: 'file_not_found' }

/** The kind of a file, once Slack has looked at it. */
function looked(file: Upload, { slowToLook }: WebApi): string {
  file.asked += 1
  file.looked ||= file.asked > slowToLook
  if (!file.looked) return ''
  return file.bytes[0] === 137 ? 'image/png' : 'application/octet-stream'
}

/** What the emulator leaves out of a profile. */
function profile(user: string, users: ReadonlyMap<string, string>, people: readonly Person[]): Json | undefined {
  const found = people.find(({ name }) => users.get(name) === user)
  if (!found) return undefined
  const { name, realName = name, locale = 'it-IT', zone = 'Europe/Rome' } = found
  const about = { id: user, name, real_name: realName, deleted: false, is_bot: false, locale, tz: zone }
  return { ok: true, user: { ...about, profile: { display_name: realName, real_name: realName } } }
}

import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

export interface Account {
  user: string
  password: string
  token: string
}
type Json = Record<string, unknown>

/** What people do on a homeserver, in bare requests. */
export interface Homeserver {
  /** An account that nobody had before. */
  register(name: string): Promise<Account>
  room(by: Account, what: Json): Promise<string>
  say(who: Account, room: string, text: string, txn: string): Promise<string>
  isIn(room: string, who: Account, user: string): Promise<boolean>
  /** Everything that was ever said in a room, oldest first. */
  history(room: string, who: Account): Promise<Json[]>
  until(fits: () => Promise<boolean>): Promise<void>
  call(method: string, path: string, token: string, body?: Json): Promise<Json>
}

/** Whether it is a homeserver's first day: registering goes by a secret that only the tests' Synapse has. */
const SECRET = 'loopback-test-only'

export function homeserver(url: string): Homeserver {
  const suffix = randomBytes(4).toString('hex')
  const call: Homeserver['call'] = async (method, path, token, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    const told = (await answer.json()) as Json
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(told)}`)
    return told
  }
  const within = (room: string): string => `/_matrix/client/v3/rooms/${encodeURIComponent(room)}`
  return {
    call,
    register: name => register(`${name}-${suffix}`, call),
    room: async (by, what) => String((await call('POST', '/_matrix/client/v3/createRoom', by.token, what)).room_id),
    say: async (who, room, text, txn) => {
      const content = { msgtype: 'm.text', body: text }
      return String((await call('PUT', `${within(room)}/send/m.room.message/${txn}`, who.token, content)).event_id)
    },
    isIn: async (room, who, user) => {
      const { joined } = await call('GET', `${within(room)}/joined_members`, who.token)
      return user in (joined as Json)
    },
    history: async (room, who) => {
      const events: Json[] = []
      for (let from: unknown = ''; from !== undefined; ) {
        const at = from === '' ? '' : `&from=${encodeURIComponent(String(from))}`
        const page = await call('GET', `${within(room)}/messages?dir=f&limit=500${at}`, who.token)
        events.push(...(page.chunk as Json[]))
        from = page.end
      }
      return events
    },
    until: async fits => {
      while (!(await fits())) await wait(100)
    },
  }
}

async function register(name: string, call: Homeserver['call']): Promise<Account> {
  const password = `password of ${name}`
  const path = '/_synapse/admin/v1/register'
  const { nonce } = await call('GET', path, '')
  const mac = createHmac('sha1', SECRET).update([nonce, name, password, 'notadmin'].join('\0')).digest('hex')
  const made = await call('POST', path, '', { nonce, username: name, password, admin: false, mac })
  return { user: String(made.user_id), password, token: String(made.access_token) }
}

import { createHmac, randomBytes } from 'node:crypto'

export interface Registered {
  user: string
  password: string
  token: string
  device: string
}

/** What the tests ask of the homeserver beside what a client does. */
export interface Homeserver {
  url: string
  /** Names that no other test has. */
  fresh(name: string): string
  register(name: string, options?: { admin?: boolean }): Promise<Registered>
  /** A request to the client API with somebody's token; throws when it is refused. */
  call(method: string, path: string, token: string, body?: unknown): Promise<Record<string, unknown>>
}

export function homeserver(url: string): Homeserver {
  const suffix = randomBytes(4).toString('hex')
  const call: Homeserver['call'] = async (method, path, token, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
    return answer
  }
  return {
    url,
    call,
    fresh: name => `${name}-${suffix}`,
    register: async (name, { admin = false } = {}) => {
      const password = `password of ${name}`
      const path = '/_synapse/admin/v1/register'
      const { nonce } = (await (await fetch(`${url}${path}`)).json()) as { nonce: string }
      const words = [nonce, name, password, admin ? 'admin' : 'notadmin'].join('\0')
      const mac = createHmac('sha1', 'loopback-test-only').update(words).digest('hex')
      const made = await call('POST', path, '', { nonce, username: name, password, admin, mac })
      return { user: String(made.user_id), password, token: String(made.access_token), device: String(made.device_id) }
    },
  }
}

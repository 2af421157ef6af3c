import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import './quiet.ts'
import { createClient, MatrixError } from 'matrix-js-sdk'
import { Refused } from '#src/core/platform.ts'
import { keep, keptIn, type Session } from './kept.ts'

export interface Credentials {
  homeserver: string
  user: string
  token?: string | undefined
  password?: string | undefined
}
/** The device of an earlier run while its token still opens the account, else the same device logged in again. */
export async function openSession(folder: string, given: Credentials): Promise<Session> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const kept = keptIn(folder)
  const known = kept?.user === given.user ? kept : undefined
  if (known?.token && (given.token === undefined || given.token === known.token) && (await opens(given, known.token)))
    return known
  return given.token ? withToken(folder, given, given.token, known) : withPassword(folder, given, known)
}

const opens = async ({ homeserver }: Credentials, token: string): Promise<boolean> =>
  (await whoHas(homeserver, token)) !== undefined

/** Whose token this is; undefined when it opens nothing any more. */
export async function whoHas(homeserver: string, token: string): Promise<{ user: string; device: string } | undefined> {
  try {
    const { user_id: user, device_id: device = '' } = await createClient({
      baseUrl: homeserver,
      accessToken: token,
    }).whoami()
    return { user, device }
  } catch (error) {
    if (error instanceof MatrixError && error.httpStatus === 401) return undefined
    throw error
  }
}

async function withToken(folder: string, given: Credentials, token: string, known?: Session): Promise<Session> {
  const owner = await whoHas(given.homeserver, token)
  if (owner?.user !== given.user || owner.device === '') throw new Refused('Matrix', 'MATRIX_ACCESS_TOKEN')
  const seal = known?.device === owner.device ? known.seal : newSeal()
  return keep(folder, { ...owner, token, seal })
}

async function withPassword(folder: string, given: Credentials, known?: Session): Promise<Session> {
  // Named and written down before the login: a crash in between must not leave a device behind at every start.
  const fresh = known ?? keep(folder, { user: given.user, device: newDevice(), token: '', seal: newSeal() })
  try {
    const { access_token: token } = await createClient({ baseUrl: given.homeserver }).loginRequest({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: given.user },
      password: given.password ?? '',
      device_id: fresh.device,
      initial_device_display_name: 'Animatore',
    })
    return keep(folder, { ...fresh, token })
  } catch (error) {
    if (error instanceof MatrixError && error.httpStatus === 403) throw new Refused('Matrix', 'MATRIX_PASSWORD')
    throw error
  }
}

const newSeal = (): string => randomBytes(32).toString('base64')
const newDevice = (): string => `ANIMATORE${randomBytes(5).toString('hex').toUpperCase()}`

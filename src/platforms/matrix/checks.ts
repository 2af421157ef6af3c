import { z } from 'zod'
import type { Finding } from '#src/core/finding.ts'
import type { Translate } from '#src/core/message.ts'
import type { Spot } from '#src/core/platform.ts'
import { keptIn } from './sdk/kept.ts'

export interface ToCheck {
  homeserver: string
  user: string
  token?: string | undefined
  /** Where the device and its keys are kept. */
  folder: string
  /** Whether the keys are meant to have a copy on the server. */
  recoveryKey?: string | undefined
  /** The places that the bot writes to. */
  places: readonly (Spot & { name: string })[]
}

const whoami = z.object({ user_id: z.string(), device_id: z.string().optional() })
const keys = z.object({
  device_keys: z.record(
    z.string(),
    z.record(z.string(), z.object({ signatures: z.record(z.string(), z.record(z.string(), z.string())).optional() })),
  ),
  master_keys: z.record(z.string(), z.unknown()).optional(),
})
const backup = z.object({ version: z.string() })

/** Everything about Matrix that can be wrong before anybody notices. It looks from outside: the bot may be running. */
export async function checkMatrix(what: ToCheck, t: Translate): Promise<Finding[]> {
  const { homeserver, user } = what
  const versions = await ask(what, 'GET', '/_matrix/client/versions', z.object({ versions: z.array(z.string()) }))
  if (!versions) return [{ ok: false, text: t('matrix.checks.unreachable', { homeserver }) }]
  const here = { ok: true, text: t('matrix.checks.reachable', { homeserver }) }
  const kept = keptIn(what.folder)
  const token = what.token ?? (kept?.user === user ? kept.token : undefined)
  if (!token) return [here, { ok: true, note: true, text: t('matrix.checks.noLogin') }]
  const owner = await ask({ ...what, token }, 'GET', '/_matrix/client/v3/account/whoami', whoami)
  if (owner?.user_id !== user) return [here, { ok: false, text: t('matrix.checks.badToken', { user }) }]
  const device = owner.device_id ?? ''
  const account = { ok: true, text: t('matrix.checks.account', { user, device }) }
  const known = { ...what, token }
  return [here, account, ...(await deviceIn(known, device, t)), ...(await roomsIn(known, t))]
}

async function deviceIn(what: ToCheck, device: string, t: Translate): Promise<Finding[]> {
  const { user } = what
  const asked = { device_keys: { [user]: [] } }
  const found = await ask(what, 'POST', '/_matrix/client/v3/keys/query', keys, asked)
  const own = found?.device_keys[user]?.[device]
  if (!own) return [{ ok: false, text: t('matrix.checks.noKeys', { device }) }]
  const signed = Object.keys(own.signatures?.[user] ?? {}).some(key => key !== `ed25519:${device}`)
  const saved = await ask(what, 'GET', '/_matrix/client/v3/room_keys/version', backup)
  return [
    signed ? { ok: true, text: t('matrix.checks.verified') } : lacking(what, t('matrix.checks.unverified')),
    saved
      ? { ok: true, text: t('matrix.checks.backup', { version: saved.version }) }
      : lacking(what, t('matrix.checks.noBackup')),
  ]
}

/** Without a recovery key it is advice; with one, the bot should have done it. */
const lacking = ({ recoveryKey }: ToCheck, text: Finding['text']): Finding =>
  recoveryKey === undefined ? { ok: true, note: true, text } : { ok: false, text }

async function roomsIn(what: ToCheck, t: Translate): Promise<Finding[]> {
  const inside = await ask(what, 'GET', '/_matrix/client/v3/joined_rooms', joined)
  if (!inside) return []
  const findings: Finding[] = []
  for (const { id: address, name } of what.places) {
    const id = address.startsWith('#') ? await named(what, address) : address
    if (id === undefined) findings.push({ ok: false, text: t('matrix.checks.noPlace', { name, address }) })
    else if (inside.joined_rooms.includes(id)) findings.push({ ok: true, text: t('matrix.checks.place', { name }) })
    else findings.push({ ok: false, text: t('matrix.checks.outside', { name, user: what.user }) })
  }
  return findings
}
const joined = z.object({ joined_rooms: z.array(z.string()) })
const directory = z.object({ room_id: z.string() })
const named = async (what: ToCheck, alias: string): Promise<string | undefined> =>
  (await ask(what, 'GET', `/_matrix/client/v3/directory/room/${encodeURIComponent(alias)}`, directory))?.room_id

/** What the homeserver answers; undefined when it does not, or not so. */
async function ask<T>(
  { homeserver, token }: Pick<ToCheck, 'homeserver' | 'token'>,
  method: string,
  path: string,
  expected: z.ZodType<T>,
  body?: object,
): Promise<T | undefined> {
  try {
    const response = await fetch(new URL(path, homeserver), {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    })
    return response.ok ? expected.safeParse(await response.json()).data : undefined
  } catch {
    return undefined // out of reach: whoever asked says so
  }
}

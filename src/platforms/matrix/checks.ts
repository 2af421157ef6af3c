import { z } from 'zod'
import type { Markdown, Translate } from '#src/core/message.ts'
import { keptIn } from './sdk/session.ts'

/** One thing that was looked at, and what to do when it is not as it should be. */
export interface Finding {
  ok: boolean
  text: Markdown
}
export interface ToCheck {
  homeserver: string
  user: string
  token?: string | undefined
  /** Where the device and its keys are kept. */
  folder: string
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
  if (!token) return [here, { ok: true, text: t('matrix.checks.noLogin') }]
  const owner = await ask({ ...what, token }, 'GET', '/_matrix/client/v3/account/whoami', whoami)
  if (owner?.user_id !== user) return [here, { ok: false, text: t('matrix.checks.badToken', { user }) }]
  const device = owner.device_id ?? ''
  const account = { ok: true, text: t('matrix.checks.account', { user, device }) }
  return [here, account, ...(await deviceIn({ ...what, token }, device, t))]
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
    { ok: true, text: signed ? t('matrix.checks.verified') : t('matrix.checks.unverified') },
    {
      ok: true,
      text: saved ? t('matrix.checks.backup', { version: saved.version }) : t('matrix.checks.noBackup'),
    },
  ]
}

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

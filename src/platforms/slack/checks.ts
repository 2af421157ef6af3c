import { webApi } from '@slack/bolt'
import type { Finding } from '#src/core/finding.ts'
import type { Translate } from '#src/core/message.ts'
import type { Spot } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { type Client, clientOptions, openClient } from './client.ts'
import type { Mode } from './door.ts'
import { refusal } from './errors.ts'
import { quiet } from './log.ts'
import { readChannelInfo } from './read.ts'
import { type Scope, scopes } from './scopes.ts'

export interface ToCheck {
  token: string
  mode: Mode
  api: string
  log: Log
  /** The places that the bot writes to. */
  places: readonly (Spot & { name: string })[]
  now: () => Temporal.Instant
}

/** Slack refuses signed requests that are older than five minutes; well before that, somebody should set the clock. */
const OFF = 60

/** Everything about Slack that can be wrong before anybody notices. */
export async function checkSlack(what: ToCheck, t: Translate): Promise<Finding[]> {
  const client = openClient(what.token, what.api, quiet(what.log))
  const clock = await clockIn(what, t)
  const token = await tokenIn(client, t)
  if (!token.ok) return [clock, token]
  const places = []
  for (const place of what.places) places.push(await placeIn(client, place, t))
  return [clock, token, ...missing(token.granted, t), await lineIn(what, t), ...places]
}

async function tokenIn(client: Client, t: Translate): Promise<Finding & { granted: readonly string[] }> {
  try {
    const { team = '', response_metadata } = await client.auth.test()
    return { ok: true, text: t('slack.checks.token', { team }), granted: response_metadata?.scopes ?? [] }
  } catch (error) {
    const reason = refusal(error)
    const text = reason ? t('slack.checks.badToken', { reason }) : t('slack.checks.unreachable')
    return { ok: false, text, granted: [] }
  }
}

const names = Object.keys(scopes).filter((name): name is Scope => name in scopes)

function missing(granted: readonly string[], t: Translate): Finding[] {
  const lacking = names.filter(name => !granted.includes(name))
  if (lacking.length === 0) return [{ ok: true, text: t('slack.checks.scopes') }]
  return lacking.map(scope => {
    const purpose = t.plain(t(`slack.scopes.${scopes[scope]}`))
    return { ok: false, text: t('slack.checks.noScope', { scope, purpose }) }
  })
}

/** The socket's token opens a connection; a secret can only be there. */
async function lineIn({ mode, api, log }: ToCheck, t: Translate): Promise<Finding> {
  if ('signingSecret' in mode) return { ok: true, text: t('slack.checks.signed') }
  try {
    await new webApi.WebClient(mode.appToken, clientOptions(api, quiet(log))).apps.connections.open({})
    return { ok: true, text: t('slack.checks.socket') }
  } catch (error) {
    return { ok: false, text: t('slack.checks.badSocket', { reason: refusal(error) ?? '' }) }
  }
}

async function placeIn(client: Client, { id, name }: ToCheck['places'][number], t: Translate): Promise<Finding> {
  try {
    const info = readChannelInfo((await client.conversations.info({ channel: id })).channel)
    if (info.is_archived) return { ok: false, text: t('slack.checks.archived', { name }) }
    if (info.is_member) return { ok: true, text: t('slack.checks.place', { name }) }
    return {
      ok: !info.is_private,
      text: t(info.is_private ? 'slack.checks.outside' : 'slack.checks.willJoin', { name }),
    }
  } catch (error) {
    return { ok: false, text: t('slack.checks.noPlace', { name, reason: refusal(error) ?? '' }) }
  }
}

async function clockIn({ api, now }: ToCheck, t: Translate): Promise<Finding> {
  const told = await fetch(new URL('api.test', api), { method: 'POST' }).then(
    answer => Date.parse(answer.headers.get('date') ?? ''),
    () => Number.NaN,
  )
  const seconds = Math.round(Math.abs(now().epochMilliseconds - told) / 1000)
  if (Number.isNaN(told)) return { ok: false, text: t('slack.checks.unreachable') }
  return seconds <= OFF
    ? { ok: true, text: t('slack.checks.clock') }
    : { ok: false, text: t('slack.checks.clockOff', { seconds }) }
}

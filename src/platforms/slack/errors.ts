import { webApi } from '@slack/bolt'
import { Busy, Refused, type Scope, Undeliverable } from '#src/core/platform.ts'

/** Slack's own word for what went wrong, when it answered at all. */
export const refusal = (error: unknown): string | undefined =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined

/** Nothing will change these: the channel is gone, the payload is refused, or it is not ours to edit. */
const never = new Set([
  'account_inactive',
  'cant_broadcast_message',
  'cant_update_message',
  'channel_not_found',
  'cannot_dm_bot',
  'edit_window_closed',
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'is_archived',
  'is_inactive',
  'message_not_found',
  'metadata_too_large',
  'missing_scope',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_permission',
  'no_text',
  'not_in_channel',
  'restricted_action',
  'thread_not_found',
  'user_disabled',
  'user_not_found',
  'user_not_in_channel',
  'user_not_visible',
])
/** Slack has a moment: it said so, and took nothing. */
const wait = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded', 'team_quota_exceeded'])

/** The token no longer opens the door: nothing is lost, everything waits until somebody gives another. */
const closed = new Set(['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'org_login_required'])

/** The network's words for never having reached Slack: nothing was taken, and nobody has to look whether it was. */
const unreached = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** How long to wait when Slack does not say, in seconds. */
const A_MOMENT = 30
const UNTIL_SOMEBODY_LOOKS = 60

/** Slack counts each method apart, and posts by channel besides: what is refused says which. */
const scopeOf = (method: string): Scope =>
  method === 'chat.update' ? 'edit' : method.startsWith('files.') ? 'file' : 'place'

/** Slack's error as the outbox understands it; what is neither final nor a plea for patience stays what it is. */
export function told(error: unknown, what: string): Error {
  if (error instanceof webApi.WebAPIRateLimitedError) return new Busy(error.retryAfter, scopeOf(what))
  const word = refusal(error)
  if (word !== undefined && never.has(word)) return new Undeliverable(`${what}: ${word}`)
  if (word !== undefined && wait.has(word)) return new Busy(A_MOMENT)
  if (word !== undefined && closed.has(word)) return new Busy(UNTIL_SOMEBODY_LOOKS)
  if (error instanceof webApi.WebAPIRequestError && unreached.has(codeOf(error.original))) return new Busy(A_MOMENT)
  return error instanceof Error ? error : new Error(`${what}: ${String(error)}`)
}

/** The token opens no door at all: whoever starts the bot has to look. */
const shut = new Set([...closed, 'account_inactive', 'missing_scope', 'not_allowed_token_type', 'team_disabled'])
/** Throws `Refused` where that is so, and any other error as it is. */
export function refusedOr(error: unknown): never {
  const word = refusal(error)
  throw word !== undefined && shut.has(word) ? new Refused('Slack', word) : error
}

function codeOf({ cause }: Error): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}

/** Calls Slack; what it answers, or the error in our words. */
export async function call<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw told(error, what)
  }
}

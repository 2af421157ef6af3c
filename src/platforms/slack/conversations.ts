import { type Spot, Undeliverable } from '#src/core/platform.ts'
import type { Client } from './client.ts'
import { call, refusal, told } from './errors.ts'

export async function directWith(user: string, client: Client): Promise<string> {
  const { channel } = await call('conversations.open', () => client.conversations.open({ users: user }))
  if (!channel?.id) throw new Error('Slack opens no direct conversation')
  return channel.id
}

/** Besides what nothing will change: Slack's words for a channel that lets nobody in, or not this bot, by themselves. */
const barred = new Set([
  'access_denied',
  'channel_is_limited_access',
  'enterprise_is_restricted',
  'method_not_supported_for_channel_type',
  'not_allowed_token_type',
  'team_access_not_granted',
  'too_many_members',
  'user_is_restricted',
  'user_is_ultra_restricted',
])

/** Goes into a public channel; false when somebody must invite the bot. What Slack could not do now is thrown. */
export async function enter({ id: channel }: Pick<Spot, 'id'>, client: Client): Promise<boolean> {
  const joined = await unlessBarred('conversations.join', () => client.conversations.join({ channel }))
  if (joined) return true
  const there = await unlessBarred('conversations.info', () => client.conversations.info({ channel }))
  return there?.channel?.is_member === true
}

/** What Slack answers; undefined when it has said its last word. */
async function unlessBarred<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    const failure = told(error, what)
    if (failure instanceof Undeliverable || barred.has(refusal(error) ?? '')) return undefined
    throw failure
  }
}

/** What Slack tells of a channel; undefined when it tells nothing. */
export const infoOf = (channel: string, client: Client): Promise<{ name?: string } | undefined> =>
  client.conversations.info({ channel }).then(
    ({ channel: info }) => info,
    () => undefined,
  )

import type { Spot } from '#src/core/platform.ts'
import type { Client } from './client.ts'
import { call, refusal, told } from './errors.ts'

export async function directWith(user: string, client: Client): Promise<string> {
  const { channel } = await call('conversations.open', () => client.conversations.open({ users: user }))
  if (!channel?.id) throw new Error('Slack opens no direct conversation')
  return channel.id
}

/** Goes into a public channel; false when somebody must invite the bot. */
export async function enter({ id: channel }: Pick<Spot, 'id'>, client: Client): Promise<boolean> {
  try {
    await client.conversations.join({ channel })
    return true
  } catch (error) {
    if (refusal(error) === undefined) throw told(error, 'conversations.join')
  }
  const there = await infoOf(channel, client)
  return there?.is_member === true
}

/** What Slack tells of a channel; undefined when it tells nothing. */
export const infoOf = (channel: string, client: Client): Promise<{ name?: string; is_member?: boolean } | undefined> =>
  client.conversations.info({ channel }).then(
    ({ channel: info }) => info,
    () => undefined,
  )

import type { KnownBlock } from '@slack/types'
import type { Message } from '#src/core/message.ts'
import { type Intake, type Placement, type Spot, Undeliverable } from '#src/core/platform.ts'
import type { Client } from './client.ts'
import { call, refusal, told } from './errors.ts'
import type { Files } from './files.ts'
import { fitted } from './fitted.ts'
import { MOST } from './limits.ts'
import { withKey } from './read.ts'
import { escaped, summaryOf } from './render.ts'

export interface Posting {
  client: Client
  files: Files
  intake: () => Intake
  /** The account behind a member in a workspace, for what only she sees. */
  accountOf: (member: string, workspace: string) => Promise<string | undefined>
  /** Addresses through which a message that only she sees can still be replaced, by key. */
  replaceable: Map<string, string>
}

/** Our reference to a message: its channel and its time, which together are its name in Slack. */
const refOf = (channel: string, ts: string): string => `${channel}/${ts}`
export const parted = (ref: string): { channel: string; ts: string } => {
  const [channel = '', ts = ''] = ref.split('/')
  return { channel, ts }
}
/** Stands for the time of a message that was shown to one person and that nobody can find again. */
const SHOWN_ONCE = 'once'

interface Drawn {
  text: string
  blocks: KnownBlock[]
  unfurl_links: false
  unfurl_media: false
}

async function draw(message: Message, key: string, at: Placement, { files, intake }: Posting): Promise<Drawn> {
  const t = intake().t(at.to)
  const drawing = { t, key, files: await files.of(message) }
  const blocks = await fitted(message, drawing, MOST.blocks, text =>
    files.text(`${t.plain(t('slack.rest'))}.txt`, text),
  )
  return { text: summaryOf(message, t), blocks, unfurl_links: false, unfurl_media: false }
}

/** What lets an interrupted post be found again. */
const marked = (key: string) => ({ metadata: { event_type: 'animatore', event_payload: { key } } })

export async function post(message: Message, at: Placement, posting: Posting): Promise<string> {
  const drawn = await draw(message, at.key, at, posting)
  const only = at.onlyFor && !at.to.direct ? await posting.accountOf(at.onlyFor, at.to.workspace) : undefined
  if (at.onlyFor && !at.to.direct && !only) throw new Undeliverable('no account in this workspace')
  if (only) return whisper(drawn, only, at, posting)
  return shout(drawn, at.to.id, at, posting)
}

async function shout(drawn: Drawn, channel: string, at: Placement, posting: Posting): Promise<string> {
  const { client } = posting
  const thread = at.root && parted(at.root).channel === channel ? { thread_ts: parted(at.root).ts } : {}
  const send = () => client.chat.postMessage({ channel, ...drawn, ...thread, ...marked(at.key) })
  try {
    const { ts = '' } = await send()
    return refOf(channel, ts)
  } catch (error) {
    if (!(outside(error) && (await enter({ ...at.to, id: channel }, client)))) throw told(error, 'chat.postMessage')
  }
  const { ts = '' } = await call('chat.postMessage', send)
  return refOf(channel, ts)
}

/** In the channel, for her alone; in her direct conversation when one of the two is not in the channel. */
async function whisper(drawn: Drawn, user: string, at: Placement, posting: Posting): Promise<string> {
  const { client } = posting
  const thread = at.root && parted(at.root).ts !== SHOWN_ONCE ? { thread_ts: parted(at.root).ts } : {}
  try {
    await client.chat.postEphemeral({ channel: at.to.id, user, text: drawn.text, blocks: drawn.blocks, ...thread })
    return refOf(at.to.id, SHOWN_ONCE)
  } catch (error) {
    if (!outside(error)) throw told(error, 'chat.postEphemeral')
  }
  const { root: _, ...unthreaded } = at
  return shout(drawn, await directWith(user, client), unthreaded, posting)
}

const outside = (error: unknown): boolean =>
  ['not_in_channel', 'user_not_in_channel', 'channel_not_found', 'is_archived'].includes(refusal(error) ?? '')

export async function edit(ref: string, message: Message, at: Placement, posting: Posting): Promise<void> {
  const { channel, ts } = parted(ref)
  const key = at.instead ?? at.key
  if (ts !== SHOWN_ONCE) {
    const drawn = await draw(message, key, at, posting)
    await call('chat.update', () => posting.client.chat.update({ channel, ts, ...drawn, ...marked(key) }))
    return
  }
  const address = posting.replaceable.get(key)
  const drawn = await draw(message, key, at, posting)
  const replaced = address && (await replace(address, { ...drawn, replace_original: true }))
  if (!replaced) await post(message, { ...at, key }, posting)
}

/** Slack's address for answering a press: half an hour, five times. */
async function replace(address: string, body: object): Promise<boolean> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
  return answer.ok
}
export const respond = (address: string, text: string): Promise<boolean> =>
  replace(address, { text: escaped(text), response_type: 'ephemeral', replace_original: false })

/**
 * Did an earlier attempt arrive? What only one person sees cannot be looked up: shown at most once, it counts as arrived.
 */
export async function find(at: Placement, posting: Posting): Promise<string | undefined> {
  const { client } = posting
  if (at.onlyFor && !at.to.direct) return refOf(at.to.id, SHOWN_ONCE)
  // Slack's clock and ours may differ a little.
  const oldest = at.since ? String(at.since.epochMilliseconds / 1000 - 120) : '0'
  const root = at.root ? parted(at.root).ts : undefined
  const page = { channel: at.to.id, oldest, include_all_metadata: true, limit: 200 }
  const look = (cursor: string): Promise<Page> =>
    call('conversations.history', () => {
      const here = cursor ? { ...page, cursor } : page
      return root ? client.conversations.replies({ ...here, ts: root }) : client.conversations.history(here)
    })
  let cursor: string | undefined = ''
  while (cursor !== undefined) {
    const { messages, response_metadata }: Page = await look(cursor)
    const ts = withKey(messages, at.key)
    if (ts) return refOf(at.to.id, ts)
    cursor = response_metadata?.next_cursor || undefined
  }
  return undefined
}
interface Page {
  messages?: unknown
  response_metadata?: { next_cursor?: string }
}

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

import type { Message } from '#src/core/message.ts'
import { type Intake, type Placement, Undeliverable } from '#src/core/platform.ts'
import type { Client } from './client.ts'
import { directWith, enter } from './conversations.ts'
import { type Drawn, draw, sharesFiles } from './drawn.ts'
import { call, refusal, told } from './errors.ts'
import type { Files } from './files.ts'
import { parted, refOf, SHOWN_ONCE } from './ref.ts'
import { replace } from './respond.ts'

export interface Posting {
  client: Client
  files: Files
  intake: () => Intake
  /** The account behind a member in a workspace, for what only she sees. */
  accountOf: (member: string, workspace: string) => Promise<string | undefined>
  /** Addresses through which a message that only she sees can still be replaced, by key. */
  replaceable: Map<string, string>
}

/** What lets an interrupted post be found again. */
const marked = (key: string) => ({ metadata: { event_type: 'animatore', event_payload: { key } } })

/** Posts it, and returns our reference to it. What comes with files goes to her alone where she can open them. */
export async function post(message: Message, at: Placement, posting: Posting): Promise<string> {
  const only = await aloneWith(at, posting)
  const drawn = await draw(message, at.key, at, posting)
  if (!only) return shout(drawn, at.to.id, at, posting)
  if (!sharesFiles(message, at, posting)) return whisper(drawn, only, at, posting)
  return aside(drawn, only, at, posting)
}

/** Who alone is to see it, in a place that others see too. */
export async function aloneWith({ onlyFor, to }: Placement, { accountOf }: Posting): Promise<string | undefined> {
  if (!onlyFor || to.direct) return undefined
  const account = await accountOf(onlyFor, to.workspace)
  if (!account) throw new Undeliverable('no account in this workspace')
  return account
}

async function shout(drawn: Drawn, channel: string, at: Placement, { client }: Posting): Promise<string> {
  const thread = at.root && parted(at.root).channel === channel ? { thread_ts: parted(at.root).ts } : {}
  const send = () => client.chat.postMessage({ channel, ...drawn, ...thread, ...marked(at.key) })
  try {
    const { ts = '' } = await send()
    return refOf(channel, ts)
  } catch (error) {
    if (!(outside(error) && (await enter({ id: channel }, client)))) throw told(error, 'chat.postMessage')
  }
  const { ts = '' } = await call('chat.postMessage', send)
  return refOf(channel, ts)
}

/** In the channel, for her alone; in her direct conversation when one of the two is not in the channel. */
async function whisper({ text, blocks }: Drawn, user: string, at: Placement, posting: Posting): Promise<string> {
  const thread = at.root && parted(at.root).ts !== SHOWN_ONCE ? { thread_ts: parted(at.root).ts } : {}
  try {
    await posting.client.chat.postEphemeral({ channel: at.to.id, user, text, blocks, ...thread })
    return refOf(at.to.id, SHOWN_ONCE)
  } catch (error) {
    if (!outside(error)) throw told(error, 'chat.postEphemeral')
  }
  return aside({ text, blocks, unfurl_links: false, unfurl_media: false }, user, at, posting)
}

/** In her direct conversation, whatever thread it would have stood in. */
const aside = async (drawn: Drawn, user: string, { root: _, ...at }: Placement, posting: Posting): Promise<string> =>
  shout(drawn, await directWith(user, posting.client), at, posting)

const outside = (error: unknown): boolean =>
  ['not_in_channel', 'user_not_in_channel', 'channel_not_found', 'is_archived'].includes(refusal(error) ?? '')

export async function edit(ref: string, message: Message, at: Placement, posting: Posting): Promise<string> {
  const { channel, ts } = parted(ref)
  const key = at.instead ?? at.key
  const drawn = await draw(message, key, at, posting)
  if (ts !== SHOWN_ONCE) {
    await call('chat.update', () => posting.client.chat.update({ channel, ts, ...drawn, ...marked(key) }))
    return ref
  }
  const address = posting.replaceable.get(key)
  const replaced = address && (await replace(address, { ...drawn, replace_original: true }))
  return replaced ? ref : post(message, { ...at, key }, posting)
}

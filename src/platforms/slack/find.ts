import type { Message } from '#src/core/message.ts'
import type { Placement } from '#src/core/platform.ts'
import type { Client } from './client.ts'
import { directWith } from './conversations.ts'
import { sharesFiles } from './drawn.ts'
import { call } from './errors.ts'
import { aloneWith, type Posting } from './post.ts'
import { withKey } from './read.ts'
import { parted, refOf, SHOWN_ONCE } from './ref.ts'

/** Slack's clock and ours may differ a little, in seconds. */
const DRIFT = 120

/**
 * Did an earlier attempt to post this arrive? It is looked for by its key, from when it was first meant to be posted. What was shown
 * to one person in a channel cannot be looked up: at most once, it counts as arrived.
 */
export async function find(at: Placement, message: Message, posting: Posting): Promise<string | undefined> {
  const user = await aloneWith(at, posting)
  if (!user) return lookedUp(at.to.id, at, posting.client)
  const direct = await lookedUp(await directWith(user, posting.client), { ...at, root: '' }, posting.client)
  if (direct) return direct
  return sharesFiles(message, at, posting) ? undefined : refOf(at.to.id, SHOWN_ONCE)
}

async function lookedUp(channel: string, { key, root, since }: Placement, client: Client): Promise<string | undefined> {
  const oldest = since ? String(since.epochMilliseconds / 1000 - DRIFT) : '0'
  const page = { channel, oldest, include_all_metadata: true, limit: 200 }
  const look = (cursor: string): Promise<Page> =>
    call('conversations.history', () => {
      const here = cursor ? { ...page, cursor } : page
      return root ? client.conversations.replies({ ...here, ts: parted(root).ts }) : client.conversations.history(here)
    })
  let cursor: string | undefined = ''
  while (cursor !== undefined) {
    const { messages, response_metadata }: Page = await look(cursor)
    const ts = withKey(messages, key)
    if (ts) return refOf(channel, ts)
    cursor = response_metadata?.next_cursor || undefined
  }
  return undefined
}
interface Page {
  messages?: unknown
  response_metadata?: { next_cursor?: string }
}

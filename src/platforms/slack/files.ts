import type { Problem } from '#src/core/form.ts'
import type { Member } from '#src/core/interaction.ts'
import type { Message, Translate } from '#src/core/message.ts'
import { type Intake, Undeliverable } from '#src/core/platform.ts'
import type { Client } from './client.ts'
import { readFile, type SlackFile } from './read.ts'
import type { Held } from './render.ts'
import { kindOf, uploaded } from './uploads.ts'

/** Files on their way to Slack: uploaded unshared, once each, and shown by the message that names them. */
export interface Files {
  /** The files of a message, by our id. */
  of(message: Message, t: Translate): Promise<Map<string, Held>>
  /** A text of its own, for what is too long for a message. */
  text(name: string, text: string): Promise<Held>
  /** A file that came from Slack, taken in once: its id, or why not. It may take longer than Slack waits: ask again. */
  take(given: SlackFile | string, owner: Member): Promise<Taken>
}
type Taken = { file: string } | { refused: Problem }
export interface FilesOptions {
  client: Client
  intake: () => Intake
  token: string
  /** Where Slack's interface is: an emulator keeps its files there. */
  api: string
  /** In bytes. */
  largest: number
}

/** Nothing of a file is kept for long: what somebody asks to be forgotten must not stay behind here. */
const MOST_KNOWN = 100

export function filesOf({ client, intake, token, api, largest }: FilesOptions): Files {
  const out = remembered<Held>()
  const taken = remembered<Taken>()
  const sent = async (id: string, alt: string): Promise<Held> => {
    const file = await intake().file(id)
    if (!file) throw new Undeliverable('the file is not there any more')
    return uploaded(file, alt, client)
  }
  const ready = async (held: Held): Promise<Held> => {
    held.type ??= await kindOf(held.id, client)
    return held
  }
  const take = async (id: string, given: SlackFile | undefined, owner: Member): Promise<Taken> => {
    const file = given ?? readFile((await client.files.info({ file: id })).file)
    const url = file.url_private_download ?? file.url_private
    if ((file.size ?? 0) > largest) return tooLarge(largest)
    if (!url || !isSlacks(url, api)) return { refused: { key: 'slack.elsewhere' } }
    const bytes = await download(url, token, largest)
    if (!bytes) return tooLarge(largest)
    const stored = { name: file.name ?? file.id, type: file.mimetype ?? 'application/octet-stream', bytes }
    return { file: await intake().keep(stored, owner) }
  }
  return {
    of: async (message, t) => {
      const found = new Map<string, Held>()
      for (const block of message.blocks) {
        if (block.type !== 'image' && block.type !== 'file') continue
        found.set(block.file, await ready(await out(block.file, () => sent(block.file, t.plain(block.alt)))))
      }
      return found
    },
    text: async (name, text) =>
      ready(await uploaded({ name, type: 'text/plain', bytes: new TextEncoder().encode(text) }, name, client)),
    take: (given, owner) => {
      const id = typeof given === 'string' ? given : given.id
      const known = typeof given === 'string' ? undefined : given
      return taken(`${owner.id}/${id}`, () => take(id, known, owner))
    },
  }
}

/** Does a thing once, whoever asks for it again while it goes on or soon afterwards; what failed is done anew. */
function remembered<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (key, work) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const mine = work().catch(error => {
      known.delete(key)
      throw error
    })
    known.set(key, mine)
    const [oldest] = known.keys()
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest)
    return mine
  }
}

const tooLarge = (largest: number): { refused: Problem } => ({
  refused: { key: 'core.problems.tooLarge', values: { most: Math.floor(largest / 1024 / 1024) } },
})

// A file may be a link to somebody else's server, which must not see the token.
const isSlacks = (url: string, api: string): boolean => {
  const { protocol, hostname, host } = new URL(url)
  return host === new URL(api).host || (protocol === 'https:' && /(^|\.)slack\.com$/.test(hostname))
}

/** Never more than the largest file, whatever Slack said it would be. */
async function download(url: string, token: string, largest: number): Promise<Uint8Array | undefined> {
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(30_000),
  })
  if (!answer.ok || !answer.body) throw new Error(`the download of a file was answered with ${answer.status}`)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body) {
    size += part.byteLength
    if (size > largest) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

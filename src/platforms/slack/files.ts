import type { Problem } from '#src/core/form.ts'
import type { Member } from '#src/core/interaction.ts'
import type { Message } from '#src/core/message.ts'
import type { Intake, Stored } from '#src/core/platform.ts'
import { Undeliverable } from '#src/core/platform.ts'
import type { Client } from './client.ts'
import { call } from './errors.ts'
import { readFile, type SlackFile } from './read.ts'
import type { Held } from './render.ts'

/** Files on their way to Slack: uploaded unshared, once each, and shown by the message that names them. */
export interface Files {
  /** The files of a message, by our id. */
  of(message: Message): Promise<Map<string, Held>>
  /** A text of its own, for what is too long for a message. */
  text(name: string, text: string): Promise<Held>
  /** A file that came from Slack, taken in: its id, or why not. */
  take(given: SlackFile | string, owner: Member): Promise<{ file: string } | { refused: Problem }>
}
export interface FilesOptions {
  client: Client
  intake: () => Intake
  token: string
  /** Where Slack's interface is: an emulator keeps its files there. */
  api: string
  /** In bytes. */
  largest: number
}

const MOST_KNOWN = 100

export function filesOf({ client, intake, token, api, largest }: FilesOptions): Files {
  // Nothing of a file is kept for long: what she asks to be forgotten must not stay behind here.
  const known = new Map<string, Held>()
  const upload = (file: Stored, alt: string): Promise<Held> => uploaded(file, alt, client)
  const once = async (id: string, alt: string): Promise<Held> => {
    const before = known.get(id)
    if (before) return before
    const file = await intake().file(id)
    if (!file) throw new Undeliverable('the file is not there any more')
    const fresh = await upload(file, alt)
    known.set(id, fresh)
    const [oldest] = known.keys()
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest)
    return fresh
  }
  return {
    of: async message => {
      const found = new Map<string, Held>()
      for (const block of message.blocks) {
        if (block.type === 'image' || block.type === 'file') found.set(block.file, await once(block.file, block.alt))
      }
      return found
    },
    text: (name, text) => upload({ name, type: 'text/plain', bytes: new TextEncoder().encode(text) }, name),
    take: async (given, owner) => {
      const file = typeof given === 'string' ? readFile((await client.files.info({ file: given })).file) : given
      const url = file.url_private_download ?? file.url_private
      if ((file.size ?? 0) > largest) return tooLarge(largest)
      if (!url || !isSlacks(url, api)) return { refused: { key: 'slack.elsewhere' } }
      const bytes = await download(url, token, largest)
      if (!bytes) return tooLarge(largest)
      const stored = { name: file.name ?? file.id, type: file.mimetype ?? 'application/octet-stream', bytes }
      return { file: await intake().keep(stored, owner) }
    },
  }
}

/** Puts a file into Slack, shared with nobody yet. */
async function uploaded(file: Stored, alt: string, client: Client): Promise<Held> {
  const sent = await call('files.getUploadURLExternal', () =>
    client.files.getUploadURLExternal({
      filename: file.name,
      length: file.bytes.byteLength,
      alt_text: alt.slice(0, 1000),
    }),
  )
  const id = sent.file_id ?? ''
  const answer = await fetch(sent.upload_url ?? '', { method: 'POST', body: Buffer.from(file.bytes) })
  if (!answer.ok) throw new Error(`the upload of a file was answered with ${answer.status}`)
  const done = await call('files.completeUploadExternal', () =>
    client.files.completeUploadExternal({ files: [{ id, title: file.name }] }),
  )
  const [made] = done.files ?? []
  return { id, link: made?.permalink ?? '', name: file.name }
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

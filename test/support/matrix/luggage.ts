// Files on a real homeserver, as somebody's client sends and fetches them: sealed where the room is encrypted.
import { seal, unseal } from '#src/platforms/matrix/sdk/media.ts'
import type { Inhabitant } from './crowd.ts'

type Files = Map<string, Uint8Array>
interface Message extends Record<string, unknown> {
  url?: string
  file?: { url: string }
}

/** What she sends, with its file where others can fetch it. */
export async function uploaded(
  content: Message | unknown,
  { client }: Inhabitant,
  { hidden, files }: { hidden: boolean; files: Files },
): Promise<Record<string, unknown>> {
  const { url, ...rest } = content as Message
  const bytes = url === undefined ? undefined : files.get(url)
  if (!bytes) return content as Message
  const sealed = hidden ? seal(bytes) : undefined
  const { content_uri: where } = await client.uploadContent(Buffer.from(sealed?.sealed ?? bytes))
  return { ...rest, ...(sealed ? { file: { ...sealed.keys, url: where } } : { url: where }) }
}

/** What she got, and the file that came with it. */
export async function received(content: Message, { client, token }: Inhabitant, files: Files): Promise<Message> {
  const url = content.file?.url ?? content.url
  if (url === undefined) return content
  const address = client.mxcUrlToHttp(url, undefined, undefined, undefined, false, true, true) ?? ''
  const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  const bytes = Buffer.from(await response.arrayBuffer())
  files.set(url, content.file ? unseal(bytes, content.file) : bytes)
  return { ...content, url }
}

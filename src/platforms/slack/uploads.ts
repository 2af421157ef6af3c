import { Busy, type Stored } from '#src/core/platform.ts'
import type { Client } from './client.ts'
import { call } from './errors.ts'
import { readFile } from './read.ts'
import type { Held } from './render.ts'

/** How long Slack may take to look at a file that it has taken, in milliseconds between one question and the next. */
const WAITS = [0, 250, 500, 1000, 2000, 4000]
const A_MOMENT = 10

/** Puts a file into Slack, shared with nobody yet: the message that shows it is what shares it. */
export async function uploaded(file: Stored, alt: string, client: Client): Promise<Held> {
  // Slack calls it `alt_txt`; its own library has another name for it, which Slack does not know.
  const described = { alt_txt: alt.slice(0, 1000) }
  const sent = await call('files.getUploadURLExternal', () =>
    client.files.getUploadURLExternal({ filename: file.name, length: file.bytes.byteLength, ...described }),
  )
  const id = sent.file_id ?? ''
  const signal = AbortSignal.timeout(60_000)
  const answer = await fetch(sent.upload_url ?? '', { method: 'POST', body: Buffer.from(file.bytes), signal })
  if (!answer.ok) throw new Error(`the upload of a file was answered with ${answer.status}`)
  const done = await call('files.completeUploadExternal', () =>
    client.files.completeUploadExternal({ files: [{ id, title: file.name }] }),
  )
  const [made] = done.files ?? []
  return { id, link: made?.permalink ?? '', name: file.name }
}

/**
 * The kind of file that Slack found it to be. It looks only after it has said that all is well, and a message that shows the file
 * any earlier is refused as a whole. Throws `Busy` when it takes unusually long.
 */
export async function kindOf(id: string, client: Client): Promise<string> {
  for (const wait of WAITS) {
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
    const { file } = await call('files.info', () => client.files.info({ file: id }))
    const { mimetype } = readFile(file)
    if (mimetype) return mimetype
  }
  throw new Busy(A_MOMENT)
}

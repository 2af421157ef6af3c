import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fate } from './fates.ts'

export interface Passage {
  url: string
  close(): Promise<void>
}

/** What a request is about. */
function kindOf(method: string, path: string): string {
  if (/\/rooms\/[^/]+\/send\//.test(path)) return 'send'
  if (/\/media\/v3\/upload/.test(path)) return 'upload'
  return /\/sync\b/.test(path) ? 'sync' : `${method} ${path.split('/')[5] ?? ''}`
}

/** What befalls a request, by what it is about and where it goes; it waits until that is known. */
export type Fated = (kind: string, path: string) => Fate | undefined | Promise<Fate | undefined>

/** Hands every request on to the homeserver, unless something befalls it. */
export async function openProxy(upstream: string, fated: Fated): Promise<Passage> {
  const server = createServer((request, response) => {
    serve(request, response, upstream, fated).catch(() => request.socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: string,
  fated: Fated,
): Promise<void> {
  const { method = 'GET', url = '' } = request
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const fate = await fated(kindOf(method, url), url)
  if (fate?.kind === 'cut') return void request.socket.destroy()
  if (fate?.kind === '500') return refuse(response, 500, { errcode: 'M_UNKNOWN', error: 'it broke' })
  if (fate?.kind === '429')
    return refuse(response, 429, {
      errcode: 'M_LIMIT_EXCEEDED',
      error: 'patience',
      retry_after_ms: fate.retryAfter * 1000,
    })
  if (fate?.kind === 'slow') await wait(fate.milliseconds)
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const body = parts.length > 0 ? { body: Buffer.concat(parts) } : {}
  const answer = await fetch(`${upstream}${url}`, { method, headers: passed(request), signal: gone.signal, ...body })
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (fate?.kind === 'late') await wait(fate.milliseconds)
  if (fate?.kind === 'accept-then-cut') return void request.socket.destroy()
  response
    .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
    .end(bytes)
}

const passed = ({ headers: { authorization, 'content-type': type } }: IncomingMessage): Record<string, string> => ({
  ...(authorization && { authorization }),
  ...(type && { 'content-type': type }),
})

const refuse = (response: ServerResponse, status: number, answer: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))

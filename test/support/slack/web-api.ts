import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Screen } from './screen.ts'
import { answered, type Json, note } from './shown.ts'
import { problemsOfMessage, problemsOfView } from './validate.ts'

/** What goes wrong, once, at the next call of a method (`*` for any). */
export interface Fault {
  method: string
  /** `cut`: the connection is cut before anything happened; `accept-then-cut`: after it happened; `slow` and `late` likewise. */
  kind: '429' | '500' | 'cut' | 'accept-then-cut' | 'error' | 'slow' | 'late'
  retryAfter?: number
  error?: string
  milliseconds?: number
}
export interface Call {
  method: string
  args: Partial<Record<string, string>>
  token: string
}
export interface Upload {
  name: string
  alt: string
  bytes: Uint8Array
  /** How often Slack was asked about it. */
  asked: number
  /** Whether Slack has looked at it: until then it is of no kind, and nobody can show it. */
  looked: boolean
}
export interface WebApi {
  /** The address for `SLACK_API_URL`. */
  url: string
  port: number
  server: Server
  faults: Fault[]
  /** What goes wrong at this call, for whoever decides it call by call. */
  fate?: (method: string) => Fault | undefined
  calls: Call[]
  /** What the validator found; each was refused, as Slack would. */
  refused: { method: string; problems: string[]; args: Partial<Record<string, string>> }[]
  /** The answers to calls that the emulator does not know, or knows less of. */
  answers: Map<string, (args: Partial<Record<string, string>>) => Json | undefined>
  scopesOf: Map<string, readonly string[]>
  /** Files that people put into Slack. */
  kept: Map<string, Json & { bytes: Uint8Array }>
  /** What the bot put into Slack, by the file's id. */
  uploads: Map<string, Upload>
  /** How often Slack is asked about a file before it has looked at it. */
  slowToLook: number
  /** How long a file that a person put into Slack takes to come, in milliseconds. */
  slowFiles: number
  /** Whom a trigger belongs to. */
  triggers: Map<string, string>
  close(): Promise<void>
}

/** Stands before the emulator: checks tokens and limits as Slack does, lets things go wrong, and notes what people see. */
export async function openWebApi(emulator: string, screen: Screen): Promise<WebApi> {
  const server = createServer((request, response) => {
    serve(request, response, api, emulator, screen).catch(error => {
      response.writeHead(599).end(String(error))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const api: WebApi = {
    url: `http://127.0.0.1:${port}/api/`,
    port,
    server,
    faults: [],
    calls: [],
    refused: [],
    answers: new Map(),
    scopesOf: new Map(),
    triggers: new Map(),
    kept: new Map(),
    uploads: new Map(),
    slowToLook: 0,
    slowFiles: 0,
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return api
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  api: WebApi,
  emulator: string,
  screen: Screen,
) {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const body = Buffer.concat(parts)
  const path = request.url ?? ''
  const json = (status: number, answer: Json, headers: Record<string, string> = {}): void =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer))
  if (path.startsWith('/response/')) return json(200, answered(path.slice('/response/'.length), body, screen))
  if (path.startsWith('/kept/')) {
    await wait(api.slowFiles)
    return void response.end(api.kept.get(path.slice('/kept/'.length))?.bytes)
  }
  const upload = api.uploads.get(path.slice('/upload/v1/'.length))
  if (upload) upload.bytes = body
  if (!path.startsWith('/api/')) return forward(request, response, body, emulator)
  const method = path.slice('/api/'.length).split('?')[0] ?? ''
  const args: Call['args'] = Object.fromEntries(new URLSearchParams(body.toString()))
  const token = (request.headers.authorization ?? '').replace('Bearer ', '')
  api.calls.push({ method, args, token })
  const at = api.faults.findIndex(each => each.method === method || each.method === '*')
  const fault = at < 0 ? api.fate?.(method) : api.faults.splice(at, 1)[0]
  if (fault?.kind === '429')
    return json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(fault.retryAfter ?? 1) })
  if (fault?.kind === '500') return json(500, {})
  if (fault?.kind === 'cut') return void request.socket.destroy()
  if (fault?.kind === 'error') return json(200, { ok: false, error: fault.error })
  if (fault?.kind === 'slow') await wait(fault.milliseconds ?? 100)
  const scopes = api.scopesOf.get(token)
  if (!scopes && method !== 'api.test') return json(200, { ok: false, error: 'invalid_auth' })
  const problems = [...problemsIn(method, args), ...unseen(args, api)]
  if (problems.length > 0) {
    api.refused.push({ method, problems, args })
    return json(200, { ok: false, error: 'invalid_blocks', response_metadata: { messages: problems } })
  }
  const answer = api.answers.get(method)?.(args) ?? (await ask(request, body, emulator))
  if (method === 'files.getUploadURLExternal' && answer.ok) {
    const id = String(answer.file_id)
    api.uploads.set(id, {
      name: args.filename ?? '',
      alt: args.alt_txt ?? '',
      bytes: new Uint8Array(),
      asked: 0,
      looked: false,
    })
    answer.upload_url = `http://127.0.0.1:${api.port}/upload/v1/${id}`
  }
  if (answer.ok === true) note(method, args, answer, api, screen)
  if (fault?.kind === 'late') await wait(fault.milliseconds ?? 100)
  if (fault?.kind === 'accept-then-cut') return void request.socket.destroy()
  json(200, answer, { 'x-oauth-scopes': (scopes ?? []).join(',') })
}

const problemsIn = (method: string, args: Partial<Record<string, string>>): string[] => {
  if (args.view !== undefined) return problemsOfView(JSON.parse(args.view))
  if (method.startsWith('chat.') && args.blocks !== undefined) {
    return [...problemsOfMessage(JSON.parse(args.blocks)), ...(args.text ? [] : ['a message without a notification'])]
  }
  return []
}

/** Slack refuses a message that shows a file at which it has not looked yet. */
const unseen = ({ blocks = '' }: Call['args'], { uploads }: WebApi): string[] =>
  [...blocks.matchAll(/"slack_file":\{"id":"([^"]+)"/g)]
    .filter(([, id = '']) => !uploads.get(id)?.looked)
    .map(() => 'invalid slack file')

const upstream = (request: IncomingMessage, body: Buffer, emulator: string) =>
  fetch(`${emulator}${request.url}`, {
    method: request.method ?? 'GET',
    headers: {
      'content-type': request.headers['content-type'] ?? 'application/x-www-form-urlencoded',
      authorization: request.headers.authorization ?? '',
    },
    ...(request.method !== 'GET' && { body: Buffer.from(body) }),
  })

async function ask(request: IncomingMessage, body: Buffer, emulator: string): Promise<Json> {
  const answer = await upstream(request, body, emulator)
  if (answer.status === 404) return { ok: false, error: 'unknown_method' }
  return (await answer.json()) as Json
}

/** Uploads and downloads, as they are. */
async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  emulator: string,
): Promise<void> {
  const answer = await upstream(request, body, emulator)
  const bytes = Buffer.from(await answer.arrayBuffer())
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(bytes)
}

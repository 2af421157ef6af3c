import { createHmac, randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

type Json = Record<string, unknown>
export type Kind = 'events_api' | 'slash_commands' | 'interactive'

/** How Slack brings something to the bot: what the bot answered, or undefined when it did not within three seconds. */
export interface Delivery {
  bring(kind: Kind, payload: Json, retry?: number): Promise<Json | undefined>
  close(): void
}

const A_LITTLE = 3000

/** Waits for a condition that somebody else will make true. */
export async function until(what: string, fits: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!fits()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise(resolve => setTimeout(resolve, 1))
  }
}

const late = (): { promise: Promise<undefined>; clear: () => void } => {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, A_LITTLE, undefined)
  return { promise, clear: () => clearTimeout(timer) }
}

export interface Socket extends Delivery {
  /** Tells the bot to open another connection, as Slack does every few hours. */
  refresh(): void
  /** Cuts the line without a word. */
  cut(): void
  readonly connections: number
}

/** Socket Mode: each thing goes to one of the bot's connections. */
export function openSocket(server: Server): Socket {
  const wss = new WebSocketServer({ server, path: '/link' })
  const sockets = new Set<WebSocket>()
  const waiting = new Map<string, (answer: Json) => void>()
  wss.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('message', data => {
      const { envelope_id, payload = {} } = JSON.parse(String(data))
      waiting.get(envelope_id)?.(payload)
    })
    socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.size, connection_info: { app_id: 'A1' } }))
  })
  return {
    get connections() {
      return sockets.size
    },
    bring: async (type, payload, retry = 0) => {
      await until('a connection', () => sockets.size > 0)
      const socket = [...sockets].at(-1)
      const envelope_id = randomUUID()
      const { promise, resolve } = Promise.withResolvers<Json>()
      waiting.set(envelope_id, resolve)
      const again = type === 'events_api' ? { retry_attempt: retry, retry_reason: retry ? 'timeout' : '' } : {}
      socket?.send(
        JSON.stringify({ envelope_id, type, payload, accepts_response_payload: type !== 'events_api', ...again }),
      )
      const slow = late()
      return Promise.race([promise, slow.promise]).finally(slow.clear)
    },
    refresh: () => {
      for (const socket of sockets) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
    },
    cut: () => {
      for (const socket of sockets) socket.terminate()
    },
    close: () => {
      for (const socket of sockets) socket.terminate()
      wss.close()
    },
  }
}

/** Signed requests to the bot's own server. */
export function openRequests(secret: string, url: () => string): Delivery {
  return {
    bring: async (kind, payload, retry = 0) => {
      const event = kind === 'events_api'
      const fields =
        kind === 'slash_commands' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) }
      const body = event ? JSON.stringify(payload) : new URLSearchParams(fields).toString()
      const headers = {
        'content-type': event ? 'application/json' : 'application/x-www-form-urlencoded',
        ...signed(body, secret),
        ...(retry > 0 && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
      }
      try {
        const answer = await fetch(url(), { method: 'POST', body, headers, signal: AbortSignal.timeout(A_LITTLE) })
        const text = await answer.text()
        if (!answer.ok) return undefined
        return text.startsWith('{') ? JSON.parse(text) : {}
      } catch {
        return undefined // too late, or nobody there: Slack sees no difference
      }
    },
    close: () => {},
  }
}

export function signed(body: string, secret: string, at = Math.floor(Date.now() / 1000)): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${signature}` }
}

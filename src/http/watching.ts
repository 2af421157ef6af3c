import { timingSafeEqual } from 'node:crypto'
import { IncomingMessage } from 'node:http'
import type { MiddlewareHandler } from 'hono'
import { isLoopback } from './guard.ts'
import { health, type Readiness } from './health.ts'
import type { Metrics } from './metrics.ts'
import type { Bindings } from './server.ts'

export type Page = MiddlewareHandler<{ Bindings: Bindings }>

/** Answers `/healthz` and `/readyz`. */
export function healthPages(ready: () => Promise<Readiness>): Page {
  const healthy = health(ready)
  return async (c, next) => (await healthy(c.req.raw)) ?? next()
}

/**
 * Answers `/metrics`: to whoever sits at this machine, or where a token is set, to whoever brings it. What came through a proxy
 * came from elsewhere.
 */
export const metricsPage =
  ({ page }: Pick<Metrics, 'page'>, token?: string): Page =>
  async (c, next) => {
    if (c.req.path !== '/metrics' || c.req.method !== 'GET') return next()
    if (!(token === undefined ? isNear(c.env, c.req.raw.headers) : brings(token, c.req.header('authorization'))))
      return c.text('403', 403)
    const { type, text } = await page()
    return c.body(text, 200, { 'content-type': type, 'cache-control': 'no-store' })
  }

function isNear({ incoming }: Bindings, headers: Headers): boolean {
  const address = incoming instanceof IncomingMessage ? (incoming.socket.remoteAddress ?? '') : ''
  const passedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(name => headers.has(name))
  return !passedOn && isLoopback(address.replace(/^::ffff:/, ''))
}

function brings(token: string, authorization = ''): boolean {
  const [given, wanted] = [Buffer.from(authorization), Buffer.from(`Bearer ${token}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'

/** What every page of ours may load: its own server's files, and the design system's drawings inside its style sheet. */
export const contentPolicy = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

export const safeHeaders = (): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: contentPolicy,
    strictTransportSecurity: false, // plain http, on this machine only
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
  })

/** No more than this comes in at all, in bytes; what is smaller and still too much is refused with a kind word. */
export const boundedBodies = (maxSize = 200 * 1024 * 1024): MiddlewareHandler => bodyLimit({ maxSize })

/** Whether nobody but this machine reaches what listens there. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)

/** The name without the port. */
const nameIn = (host: string): string => host.replace(/:\d+$/, '')

/**
 * Only for whoever sits at this machine. A page from elsewhere that makes its own name point here is told apart by the Host it
 * asks for; one that sends a form here, by where it comes from.
 */
export const localOnly = (): MiddlewareHandler => async (c, next) => {
  const host = c.req.header('host') ?? ''
  if (!isLoopback(nameIn(host))) return c.text('421', 421)
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !sameOrigin(c.req.raw.headers, host))
    return c.text('403', 403)
  await next()
}

function sameOrigin(headers: Headers, host: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = headers.get('origin')
  return origin !== null && URL.parse(origin)?.host === host
}

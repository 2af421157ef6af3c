import { lookup as lookUp } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, type Dispatcher, fetch, type Response } from 'undici'
import { textIn } from '#src/core/utf8.ts'
import { isPublicAddress } from './address.ts'

/** Why an address is not even tried: none at all is `not-https`, one without a host `incomplete`. */
type Unacceptable = 'not-https' | 'incomplete' | 'credentials' | 'other-port'
/** Each reason has its sentence in `locales`. */
export type FetchFailure =
  | Unacceptable
  | 'private-address'
  | 'unresolvable'
  | 'too-large'
  | 'not-utf8'
  | 'too-slow'
  | 'too-many-redirects'
  | 'status'
  | 'unreachable'
export type Fetched =
  | { ok: true; text: string /** After redirects. */; address: string }
  | { ok: false; reason: FetchFailure; status?: number }

/** `bytes` counts the body decompressed; `milliseconds` is for the whole errand, name resolution and redirects included. */
export interface FetchLimits {
  bytes: number
  milliseconds: number
  redirects: number
}
/** All addresses of a host name; rejects or gives none when there are none. */
export type Resolver = (host: string) => Promise<string[]>
export interface FetchOptions {
  limits?: Partial<FetchLimits>
  /** Ports besides 443. */
  ports?: readonly number[]
  resolve?: Resolver
  /** What opens connections, made anew for each redirect. It must connect where `lookup` says and nowhere else. */
  dispatcher?: (lookup: LookupFunction) => Dispatcher
}

const defaults: FetchLimits = { bytes: 512 * 1024, milliseconds: 10_000, redirects: 3 }
const redirects = new Set([301, 302, 303, 307, 308])
const headers = { 'user-agent': 'animatore', accept: 'text/yaml, application/yaml, text/plain, */*;q=0.5' }

interface Errand extends Required<Pick<FetchOptions, 'ports' | 'resolve' | 'dispatcher'>> {
  limits: FetchLimits
  signal: AbortSignal
}

/**
 * Fetches a text that anyone may have named: https only, from the public internet only, within limits. The addresses that were
 * checked are the ones connected to, at every redirect, so that a name cannot resolve differently a moment later.
 * What goes wrong out there is an answer, never an exception.
 */
export async function fetchText(address: string, options: FetchOptions = {}): Promise<Fetched> {
  const limits = { ...defaults, ...options.limits }
  const signal = AbortSignal.timeout(limits.milliseconds)
  const { ports = [], resolve = resolveName, dispatcher = connecting } = options
  try {
    return await follow(address, { limits, signal, ports, resolve, dispatcher })
  } catch {
    // undici tells a refused connection, a bad certificate and broken HTTP apart by message only; here they are all one.
    return { ok: false, reason: signal.aborted ? 'too-slow' : 'unreachable' }
  }
}

const resolveName: Resolver = async host => (await lookUp(host, { all: true })).map(found => found.address)

/** Certificates are verified against the host's name, whatever address we connect to. */
export function connecting(lookup: LookupFunction): Dispatcher {
  return new Agent({ connect: { lookup }, allowH2: false })
}

async function follow(first: string, errand: Errand): Promise<Fetched> {
  let address = first
  for (let hop = 0; hop <= errand.limits.redirects; hop += 1) {
    const url = acceptable(address, errand.ports)
    if (typeof url === 'string') return { ok: false, reason: url }
    const checked = await addressesOf(url, errand)
    if (!checked.ok) return checked
    const answer = await visit(url, checked.addresses, errand)
    if (!('redirect' in answer)) return answer
    address = answer.redirect
  }
  return { ok: false, reason: 'too-many-redirects' }
}

/** The parser has already turned 2130706433, 0x7f.1 and 0177.0.0.1 into 127.0.0.1. */
function acceptable(address: string, ports: readonly number[]): URL | Unacceptable {
  const url = URL.parse(address)
  if (!url && /^\s*https:/i.test(address)) return 'incomplete'
  if (url?.protocol !== 'https:') return 'not-https'
  if (url.username || url.password) return 'credentials'
  return url.port === '' || ports.includes(Number(url.port)) ? url : 'other-port'
}

type Checked = { ok: true; addresses: string[] } | { ok: false; reason: 'private-address' | 'unresolvable' }

/** One private address among several is enough to refuse: nobody publishes such a name by mistake. */
async function addressesOf(url: URL, { resolve, signal }: Errand): Promise<Checked> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // RFC 6761: no resolver needs to be asked, and not every one knows "localhost.".
  if (/(^|\.)localhost\.?$/.test(host)) return { ok: false, reason: 'private-address' }
  const addresses = isIP(host)
    ? [host]
    : await before(
        signal,
        resolve(host).catch(() => []),
      )
  if (addresses.length === 0) return { ok: false, reason: 'unresolvable' }
  return addresses.every(isPublicAddress) ? { ok: true, addresses } : { ok: false, reason: 'private-address' }
}

/** Name resolution cannot be cancelled, but nobody has to wait for it. */
async function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted()
  const late = Promise.withResolvers<never>()
  const give = () => late.reject(signal.reason)
  signal.addEventListener('abort', give)
  return Promise.race([work, late.promise]).finally(() => signal.removeEventListener('abort', give))
}

async function visit(url: URL, addresses: string[], errand: Errand): Promise<Fetched | { redirect: string }> {
  const dispatcher = errand.dispatcher(answering(addresses))
  const { signal } = errand
  try {
    const response = await fetch(url, { dispatcher, signal, headers, redirect: 'manual', credentials: 'omit' })
    return await outcome(url, response, errand.limits.bytes)
  } finally {
    // Destroyed rather than closed: a body that we gave up on must not keep its connection.
    await dispatcher.destroy()
  }
}

/** A name lookup, as `net.connect` calls it, that knows only the addresses that were checked. */
function answering(addresses: string[]): LookupFunction {
  const found = addresses.map(address => ({ address, family: isIP(address) }))
  return (_host, options, done) => {
    const [first] = found
    if (options.all || !first) done(null, found)
    else done(null, first.address, first.family)
  }
}

async function outcome(url: URL, response: Response, most: number): Promise<Fetched | { redirect: string }> {
  const { status } = response
  const location = response.headers.get('location')
  const redirect = redirects.has(status) && location ? URL.parse(location, url) : null
  if (redirect) return { redirect: redirect.href }
  if (!response.ok) return { ok: false, reason: 'status', status }
  const bytes = Number(response.headers.get('content-length')) > most ? undefined : await bounded(response, most)
  if (!bytes) return { ok: false, reason: 'too-large' }
  const text = textIn(bytes)
  return text === undefined ? { ok: false, reason: 'not-utf8' } : { ok: true, text, address: url.href }
}

/** Counts what comes out of decompression, and stops reading at the first byte too many. */
async function bounded(response: Response, most: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > most) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

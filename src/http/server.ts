import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server'

/** Node's own request and response, behind those that an app is given. */
export type Bindings = HttpBindings | Http2Bindings
/** What answers requests: any app of Hono's does. */
export interface Answering {
  fetch(request: Request, bindings: Bindings): Response | Promise<Response>
}

export interface Listening {
  /** `http://127.0.0.1:8080` */
  address: string
  /** Takes no more requests, ends those that never end by themselves, and waits a little for the rest. */
  stop(): Promise<void>
}
/** Somebody else listens there already. */
export class PortTaken extends Error {}

/** Serves the app; port 0 takes any that is free. */
export async function listen(app: Answering, { host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createAdaptorServer({ fetch: (...asked) => app.fetch(...asked) })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host, resolve)
  try {
    await promise
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') throw new PortTaken(String(port))
    throw error
  }
  const bound = server.address()
  const taken = typeof bound === 'object' && bound ? bound.port : port
  return { address: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`, stop: () => stop(server) }
}

/** How long a request that is being answered may still take, in milliseconds. */
const GRACE = 3000

async function stop(server: ReturnType<typeof createAdaptorServer>): Promise<void> {
  const closed = new Promise<void>(done => server.close(() => done()))
  const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), GRACE)
  await closed
  clearTimeout(cut)
}

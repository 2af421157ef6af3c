import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect, createServer as createSocketServer } from 'node:net'
import { Agent } from 'undici'
import type { FetchOptions } from '#src/outward/fetch.ts'

const isPort = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null

/**
 * A small internet: every host name is one local server without TLS, whatever public address `names` gives it. Connections are
 * opened as the real ones are, through the name lookup that `fetchText` hands over; `connected` tells where they went.
 */
export async function aWeb(names: Record<string, string[]>, answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const local = server.address()
  if (!isPort(local)) throw new Error('The test server has no port')
  const connected: string[] = []
  const resolved: string[] = []
  const options: FetchOptions = {
    resolve: async host => {
      resolved.push(host)
      return names[host] ?? []
    },
    dispatcher: lookup =>
      new Agent({
        connect: ({ hostname }, done) => {
          lookup(hostname, { all: true }, (_problem, found) => {
            connected.push(...[found].flat().map(each => (typeof each === 'string' ? each : each.address)))
            const socket = connect(local.port, '127.0.0.1', () => done(null, socket))
            socket.on('error', problem => done(problem, null))
          })
        },
      }),
  }
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { options, connected, resolved, [Symbol.dispose]: close }
}

/** Takes one connection, keeps the first bytes that come, and hangs up. */
export async function anEar() {
  const heard = Promise.withResolvers<Buffer>()
  const server = createSocketServer(socket => {
    socket.once('data', bytes => {
      heard.resolve(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
      socket.destroy()
    })
    socket.on('error', () => {})
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const local = server.address()
  if (!isPort(local)) throw new Error('The test server has no port')
  return { port: local.port, heard: heard.promise, [Symbol.dispose]: () => void server.close() }
}

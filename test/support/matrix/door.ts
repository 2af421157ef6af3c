// A way to a homeserver that can be shut and opened again, as when it restarts or the network is gone.
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface Door {
  url: string
  open(): Promise<void>
  /** Whoever is connected is cut off, and nobody comes in. */
  shut(): Promise<void>
}

export async function doorTo(homeserver: string): Promise<Door> {
  const { hostname, port } = new URL(homeserver)
  const inside = new Set<Socket>()
  let server: Server | undefined
  let own = 0
  const enter = (socket: Socket): void => {
    const way = connect(Number(port), hostname)
    for (const end of [socket, way]) {
      inside.add(end)
      end.on('error', () => end.destroy())
      end.on('close', () => {
        inside.delete(end)
        socket.destroy()
        way.destroy()
      })
    }
    socket.pipe(way).pipe(socket)
  }
  const open = async (): Promise<void> => {
    server = createServer(enter).listen(own, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (typeof address === 'object' && address) own = address.port
  }
  const shut = async (): Promise<void> => {
    const gone = server && once(server, 'close')
    server?.close()
    for (const socket of inside) socket.destroy()
    await gone
  }
  await open()
  return { url: `http://127.0.0.1:${own}`, open, shut }
}

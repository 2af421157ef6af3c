import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MatrixClient } from 'matrix-js-sdk'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Undeliverable } from '#src/core/platform.ts'
import '#src/platforms/matrix/sdk/quiet.ts'
import { directsOf } from '#src/platforms/matrix/sdk/directs.ts'
import { roomsOf } from '#src/platforms/matrix/sdk/rooms.ts'
import { wireOn } from '#src/platforms/matrix/sdk/wiring.ts'

/** Asks a homeserver that answers like this for a file. */
async function download(answers: RequestListener, stopping = new AbortController().signal): Promise<Uint8Array> {
  const server = createServer(answers)
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const baseUrl = `http://127.0.0.1:${port}`
  const client = new MatrixClient({ baseUrl, userId: '@animatore:example.org', accessToken: 'token' })
  const wire = wireOn(client, roomsOf(client), directsOf(client))
  return wire.download({ url: 'mxc://example.org/atto' }, 1024, stopping)
}

test('a file is fetched', async () => {
  expect(await download((_, answer) => void answer.end('Atto'))).toEqual(Buffer.from('Atto'))
})

test.each([
  [404, true],
  [403, true],
  [410, true],
  [401, false],
  [429, false],
  [502, false],
  [504, false],
])('after a %s it is in vain to ask again: %s', async (status, inVain) => {
  const error = await download((_, answer) => void answer.writeHead(status).end()).catch((each: unknown) => each)
  expect(error).toBeInstanceOf(Error)
  expect(error instanceof Undeliverable).toBe(inVain)
})

test('a homeserver that hangs is not waited for longer than half a minute', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort(new Error('too long')))
  onTestFinished(() => timeout.mockRestore())

  await expect(download(() => {})).rejects.toThrow('too long')
  expect(timeout).toHaveBeenCalledWith(30_000)
})

test('a bot that stops does not wait for it at all', async () => {
  const ending = new AbortController()
  await expect(download(() => ending.abort(new Error('stopping')), ending.signal)).rejects.toThrow('stopping')
})

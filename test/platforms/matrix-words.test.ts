// What stands between the bot and its homeserver answers too: whose word it is decides what becomes of a letter.
import '#src/platforms/matrix/sdk/quiet.ts'
import { MatrixClient } from 'matrix-js-sdk'
import { expect, test } from 'vitest'
import { Undeliverable } from '#src/core/platform.ts'
import { directsOf } from '#src/platforms/matrix/sdk/directs.ts'
import { roomsOf } from '#src/platforms/matrix/sdk/rooms.ts'
import { wireOn } from '#src/platforms/matrix/sdk/wiring.ts'
import { ME } from '#test/support/matrix/recorded.ts'

const ROOM = '!suape:example.org'
const ALIAS = '#suape:example.org'

/** The bot's requests, where every answer is this one. */
function answered(status: number, type: string, body: string) {
  const client = new MatrixClient({
    baseUrl: 'https://example.org',
    userId: ME,
    accessToken: 'token',
    fetchFn: async () => new Response(body, { status, headers: { 'content-type': type } }),
  })
  return wireOn(client, roomsOf(client), directsOf(client))
}
const proxy = (status: number) => answered(status, 'text/plain', `${status} no backend`)
const homeserver = (status: number, errcode: string) =>
  answered(status, 'application/json', JSON.stringify({ errcode, error: 'No' }))

test('a proxy that does not find the homeserver says nothing that is final; the homeserver itself does', async () => {
  for (const status of [400, 403, 404]) {
    await expect(proxy(status).join(ROOM, '')).rejects.not.toBeInstanceOf(Undeliverable)
    await expect(answered(status, 'text/html', '<h1>No</h1>').join(ROOM, '')).rejects.not.toBeInstanceOf(Undeliverable)
    await expect(answered(status, 'application/json', '{}').join(ROOM, '')).rejects.not.toBeInstanceOf(Undeliverable)
    await expect(homeserver(status, 'M_FORBIDDEN').join(ROOM, '')).rejects.toBeInstanceOf(Undeliverable)
  }
  // What is too large for the proxy never gets to the homeserver.
  const file = { name: 'verbale.pdf', type: 'application/pdf', bytes: new Uint8Array(1) }
  await expect(proxy(413).upload(ROOM, file)).rejects.toBeInstanceOf(Undeliverable)
})

test('nobody has a name when the homeserver says so, and not when something else went wrong', async () => {
  expect(await homeserver(404, 'M_NOT_FOUND').named(ALIAS)).toBeUndefined()
  await expect(proxy(404).named(ALIAS)).rejects.toThrow('alias: 404')
  await expect(homeserver(404, 'M_UNRECOGNIZED').named(ALIAS)).rejects.toThrow('alias: 404 M_UNRECOGNIZED')
  await expect(homeserver(403, 'M_FORBIDDEN').named(ALIAS)).rejects.toThrow('alias: 403 M_FORBIDDEN')
})

test('a room that our homeserver may not know is entered by way of a server that does', async () => {
  const asked: string[] = []
  const client = new MatrixClient({
    baseUrl: 'https://example.org',
    userId: ME,
    accessToken: 'token',
    fetchFn: async url => {
      asked.push(String(url))
      return Response.json({ room_id: ROOM })
    },
  })
  const wire = wireOn(client, roomsOf(client), directsOf(client))
  await wire.join(ROOM, 'elsewhere.example')
  await wire.join(ROOM, '')
  expect(asked.map(url => new URL(url).searchParams.getAll('via'))).toEqual([['elsewhere.example'], []])
})

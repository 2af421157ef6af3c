import '#src/platforms/matrix/sdk/quiet.ts'
import { eq } from 'drizzle-orm'
import { createClient, MatrixEvent, Room } from 'matrix-js-sdk'
import { afterEach, expect, test, vi } from 'vitest'
import { presenceOn } from '#src/platforms/matrix/presence.ts'
import { roomsOf } from '#src/platforms/matrix/sdk/rooms.ts'
import { queries } from '#src/storage/database.ts'
import { accountNamed } from '#src/storage/members.ts'
import { places } from '#src/storage/schema.ts'
import { strict } from '#test/support/community.ts'
import { type Beside, besideTheConsole, ME, user } from '#test/support/matrix/beside.ts'
import { recordedHomeserver } from '#test/support/matrix/recorded.ts'

afterEach(() => void vi.useRealTimers())

const upgraded = (room: string, replacement: string) => ({
  ...{ room, type: 'm.room.tombstone', stateKey: '', sender: user('operator') },
  content: { body: 'This room has been replaced', replacement_room: replacement },
})
const placeOf = async ({ store }: Beside, alias: string) =>
  (await store.read(tx => queries(tx).select().from(places).where(eq(places.address, alias))))[0]

test('who runs the bot hears that it was sent away from a room, and nothing is said there any more', async () => {
  const here = await besideTheConsole()
  const { server, room, settle, told, dm } = here
  const away = { type: 'm.room.member', stateKey: ME, before: { membership: 'join' } }

  await server.hear({ ...away, room: room('suape'), sender: user('reuser'), content: { membership: 'leave' } })
  await server.hear({ ...away, room: room('welfare'), sender: user('reuser'), content: { membership: 'ban' } })
  // It goes by itself: nobody needs to be told.
  await server.hear({ ...away, room: room('ocpa'), sender: ME, content: { membership: 'leave' } })
  await settle()

  expect(told(dm('administrator')).map(({ body }) => body)).toEqual([
    expect.stringContaining('è stato chiuso'),
    expect.stringContaining('è stato chiuso'),
  ])
  const purposes = ['suape', 'welfare', 'ocpa'].map(
    async name => (await placeOf(here, `#${name}:example.org`))?.purpose,
  )
  expect(await Promise.all(purposes)).toEqual([null, null, expect.any(String)])
})

test('a room that is renamed, and a person who is, have the new name here too', async () => {
  const here = await besideTheConsole()
  const { server, store, room, settle } = here
  const suape = room('suape')
  const named = { room: suape, type: 'm.room.name', stateKey: '', sender: user('coordinator') }
  await server.hear({ ...named, content: { name: 'Sportelli unici' } })
  await server.hear({ ...named, content: { name: '  ' } })
  const profile = { type: 'm.room.member', sender: user('reuser'), stateKey: user('reuser') }
  const before = { membership: 'join', displayname: 'reuser' }
  for (const where of [suape, room('ocpa')])
    await server.hear({ ...profile, room: where, before, content: { ...before, displayname: 'Sportello di Perugia' } })
  await settle()

  expect((await placeOf(here, '#suape:example.org'))?.name).toBe('Sportelli unici')
  const member = await store.read(tx => accountNamed(tx, 'matrix', 'example.org', user('reuser')))
  expect(member?.name).toBe('Sportello di Perugia')
})

test('a new name that could not be written down is there when the event comes again', async () => {
  const { server, store, bot, room } = await besideTheConsole()
  const { follow } = bot.intake
  bot.intake.follow = async () => {
    bot.intake.follow = follow
    throw new Error('the database is busy')
  }
  const [before, content] = ['reuser', 'Sportello di Perugia'].map(displayname => ({ membership: 'join', displayname }))
  const profile = { room: room('suape'), type: 'm.room.member', sender: user('reuser'), stateKey: user('reuser') }

  await expect(server.hear({ ...profile, id: '$profile', before, content })).rejects.toThrow('busy')
  await server.hear({ ...profile, id: '$profile', before, content })

  const member = await store.read(tx => accountNamed(tx, 'matrix', 'example.org', user('reuser')))
  expect(member?.name).toBe('Sportello di Perugia')
})

test('a room that is upgraded goes on in another: the bot goes there, and speaks there', async () => {
  const { says, last, told, dm, room, server } = await besideTheConsole()
  const [old, fresh] = [room('laboratorio'), '!laboratorio-2:example.org']
  const known = server.rooms.get(old)!
  server.rooms.set(old, { ...known, aliases: [] })

  await server.hear(upgraded(old, fresh))
  await expect.poll(() => server.asked).toContainEqual(['join', fresh])
  server.rooms.set(fresh, { ...known, id: fresh })
  for (const line of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni', 'salta']) await says('reuser', line)

  expect(last(fresh).body).toContain('Serve una mano')
  expect(told(old)).toEqual([])
  await says('operator', '!oc richieste', { in: fresh })
  expect(last(dm('operator')).body).toContain('R-2027-0001')
})

test('a card in a room that was upgraded since changes where the room goes on, and is pressed there', async () => {
  const { says, presses, told, last, room, server } = await besideTheConsole()
  for (const line of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni', 'salta']) await says('reuser', line)
  const [old, fresh] = [room('laboratorio'), '!laboratorio-2:example.org']
  const card = last(old)
  const known = server.rooms.get(old)!
  server.rooms.set(old, { ...known, aliases: [] })
  server.rooms.set(fresh, { ...known, id: fresh })
  await server.hear(upgraded(old, fresh))

  await presses('operator', 1, card)
  expect(last(old)).toMatchObject({ id: card.id, edits: 0 })
  expect(told(fresh).map(({ body }) => body)).toEqual([expect.stringMatching(/R-2027-0001 · in carico/)])

  const next = last(fresh)
  await presses('operator', 1, next)
  await says('operator', 'Quale versione usate?')
  expect(told(fresh)).toMatchObject([
    { id: next.id, edits: 1 },
    { content: { 'm.relates_to': { rel_type: 'm.thread', event_id: next.id } } },
  ])
})

test('where a room goes on the bot tries until it is there, and what is said meanwhile waits', async () => {
  const { says, told, room, server, line } = await besideTheConsole()
  const [old, fresh, other] = [room('laboratorio'), '!laboratorio-2:example.org', '!laboratorio-3:example.org']
  const known = server.rooms.get(old)!
  const joined = () => server.asked.filter(([what, about]) => what === 'join' && about === fresh)
  server.cut('join', fresh)

  // The name has yet to move: the homeserver still says that it is the old room's.
  await server.hear(upgraded(old, fresh))
  for (const words of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni', 'salta']) await says('reuser', words)
  await expect.poll(joined, { timeout: 5000 }).not.toEqual([])
  await line({ at: '2027-01-11T09:04:00Z' })
  expect(told(old)).toEqual([])

  server.rooms.set(fresh, { ...known, id: fresh, aliases: [] })
  await line({ at: '2027-01-11T09:08:00Z' })
  expect(told(fresh).map(({ body }) => body)).toEqual([expect.stringContaining('Serve una mano')])
  await says('operator', '!oc richieste', { in: fresh })

  // And then it moves, to a third.
  server.rooms.set(old, { ...known, aliases: [] })
  server.rooms.set(other, { ...known, id: other })
  for (const words of ['richiesta', 'P-0001', '1', 'Un altro aiuto', 'tieni', 'salta']) await says('reuser', words)
  expect(told(other).map(({ body }) => body)).toEqual([expect.stringContaining('Un altro aiuto')])
  expect(told(old)).toEqual([])
})

test('the homeserver’s state says where a room goes on', () => {
  const client = createClient({ baseUrl: 'https://example.org', userId: ME })
  const room = new Room('!old:example.org', client, ME)
  client.store.storeRoom(room)
  const rooms = roomsOf(client)
  const buried = (replacement: unknown) =>
    room.currentState.setStateEvents([
      new MatrixEvent({
        ...{ type: 'm.room.tombstone', state_key: '', room_id: room.roomId, sender: user('operator') },
        ...{ event_id: `$${replacement}`, content: { replacement_room: replacement } },
      }),
    ])

  expect(rooms.goesOn(room.roomId)).toBeUndefined()
  buried(3)
  expect(rooms.goesOn(room.roomId)).toBeUndefined()
  buried('!fresh:example.org')
  expect(rooms.goesOn(room.roomId)).toBe('!fresh:example.org')
  expect(rooms.goesOn('!unknown:example.org')).toBeUndefined()
})

test('what was said is read once she has her answers; one that takes a moment is announced, until it comes', async () => {
  vi.useFakeTimers()
  const { wire, asked } = recordedHomeserver()
  const presence = presenceOn(wire, strict)

  presence.begin('!quick:example.org', '$one')
  vi.advanceTimersByTime(600)
  expect(asked).toEqual([])
  presence.end('!quick:example.org')
  presence.begin('!quick:example.org', '$more')
  presence.end('!quick:example.org')
  expect(asked).toEqual([])
  vi.advanceTimersByTime(2000)
  expect(asked.splice(0)).toEqual([['read', '!quick:example.org', '$more']])

  presence.begin('!slow:example.org', '$two')
  vi.advanceTimersByTime(800)
  expect(asked.splice(0)).toEqual([
    ['read', '!slow:example.org', '$two'],
    ['typing', '!slow:example.org', 'true'],
  ])
  presence.end('!slow:example.org')
  presence.end('!slow:example.org')
  expect(asked).toEqual([['typing', '!slow:example.org', 'false']])
})

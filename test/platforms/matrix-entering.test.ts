import { expect, test } from 'vitest'
import { addressesOn } from '#src/platforms/matrix/addresses.ts'
import { strict } from '#test/support/community.ts'
import { besideTheConsole, user } from '#test/support/matrix/beside.ts'
import { recordedHomeserver } from '#test/support/matrix/recorded.ts'

test('invitations come from whom the configuration allows; others read why not', async () => {
  const { server } = await besideTheConsole()

  await server.invite({ room: '!a:example.org', by: user('reuser'), direct: true })
  await server.invite({ room: '!b:example.org', by: '@mallory:elsewhere.example', direct: false })

  expect(server.asked.filter(([what]) => ['join', 'markDirect', 'decline'].includes(what))).toEqual([
    ['markDirect', user('reuser'), '!a:example.org'],
    ['join', '!a:example.org'],
    ['decline', '!b:example.org', expect.stringContaining('Accetto inviti solo da chi conosco')],
  ])
})

test('an invitation that cannot be answered now is answered later, and the others meanwhile', async () => {
  const { server } = await besideTheConsole()
  server.cut('markDirect', user('reuser'), '!a:example.org')
  server.cut('join', '!a:example.org')

  await server.invite({ room: '!a:example.org', by: user('reuser'), direct: true })
  await server.invite({ room: '!b:example.org', by: user('reuser'), direct: false })

  const joined = () => server.asked.flatMap(([what, room]) => (what === 'join' ? [room] : []))
  expect(joined()).toEqual(['!b:example.org'])
  await expect.poll(joined, { timeout: 10_000 }).toEqual(['!b:example.org', '!a:example.org'])
})

test('who has asked the bot in is written to where it has yet to go, and no conversation is begun beside', async () => {
  const { server, says, told, room, line } = await besideTheConsole()
  const hers = { id: '!hers:example.org', direct: user('reuser'), aliases: [], encrypted: false }
  const gate = Promise.withResolvers<void>()
  server.wire.join = () => gate.promise
  const answered = server.invite({ room: hers.id, by: user('reuser'), direct: true })
  await says('reuser', '!oc aiuto', { in: room('suape') })
  expect([...server.rooms.values()].filter(({ direct }) => direct === user('reuser'))).toEqual([])

  gate.resolve()
  await answered
  server.rooms.set(hers.id, hers)
  await line({ at: '2027-01-11T09:04:00Z' })
  expect(told(hers.id)).toHaveLength(1)
})

test('nobody is written to before the homeserver has told which rooms there are', async () => {
  const { server, says, told, dm, line } = await besideTheConsole()
  server.contact.current = false
  await says('reuser', 'aiuto')
  expect(told(dm('reuser'))).toEqual([])

  server.contact.current = true
  await line({ at: '2027-01-11T09:04:00Z' })
  expect(told(dm('reuser'))).toHaveLength(1)
})

test('a place that it cannot go into when it starts is tried again, and the others meanwhile', async () => {
  const [suape, laboratory] = ['#suape:example.org', '#laboratorio:example.org']
  const { server } = await besideTheConsole({ before: server => server.cut('named', suape) })

  const looked = () => server.asked.flatMap(([what, alias]) => (what === 'named' ? [alias] : []))
  expect(looked()).toContain(laboratory)
  expect(looked()).not.toContain(suape)
  await expect.poll(looked, { timeout: 10_000 }).toContain(suape)
})

test('what is said where the bot was let in, but no sync has brought the room yet, waits for it', async () => {
  const [laboratory, id] = ['#laboratorio:example.org', '!laboratorio:example.org']
  const { server, says, told, line } = await besideTheConsole({
    before: server => {
      server.rooms.delete(id)
      const { named } = server.wire
      server.wire.named = async alias => (alias === laboratory ? id : named(alias))
    },
  })
  expect(server.asked).toContainEqual(['join', id])
  for (const words of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni', 'salta']) await says('reuser', words)
  await line({ at: '2027-01-11T09:04:00Z' })

  server.rooms.set(id, { id, aliases: [laboratory], encrypted: true })
  await line({ at: '2027-01-11T09:08:00Z' })
  expect(told(id).map(({ body }) => body)).toEqual([expect.stringContaining('Serve una mano')])
})

test('a place on a server that is down holds up nobody elsewhere', async () => {
  const { server, says, last, dm } = await besideTheConsole({
    before: server => {
      const { named } = server.wire
      server.wire.named = async alias => {
        if (alias === '#ocpa:example.org') throw new Error('alias: 502')
        return named(alias)
      }
    },
  })
  const elsewhere = '!altrove:example.org'
  server.rooms.set(elsewhere, { id: elsewhere, aliases: [], encrypted: true })

  await says('reuser', '!oc aiuto', { in: elsewhere })

  expect(last(dm('reuser')).body).toContain('Ecco che cosa puoi fare')
})

test('which place a room is costs a request a minute for each name that leads nowhere, and none for the others', async () => {
  const { wire, rooms } = recordedHomeserver()
  const [down, nobody, known] = ['#spenta:example.org', '#nessuno:example.org', '#suape:example.org']
  rooms.set('!suape:example.org', { id: '!suape:example.org', aliases: [known], encrypted: true })
  const { named } = wire
  const asked: string[] = []
  wire.named = async alias => {
    asked.push(alias)
    if (alias === down) throw new Error('alias: 502')
    return named(alias)
  }
  let at = Temporal.Instant.from('2027-01-11T09:00:00Z')
  const addresses = addressesOn({ wire, given: async () => [down, nobody, known], now: () => at, log: strict })
  const lookedUp = async (room: string): Promise<string[]> => {
    expect(await addresses.of({ id: room, aliases: [] })).toBe(room)
    return asked.splice(0)
  }

  await addresses.idOf(known)
  expect(asked.splice(0)).toEqual([known])
  expect(await addresses.of({ id: '!suape:example.org', aliases: [] })).toBe(known)
  expect(asked).toEqual([])
  expect(await lookedUp('!altrove:example.org')).toEqual([down, nobody])
  expect(await lookedUp('!altrove:example.org')).toEqual([])
  expect(await lookedUp('!ancora:example.org')).toEqual([])
  at = at.add({ minutes: 1 })
  expect(await lookedUp('!altrove:example.org')).toEqual([down, nobody])
  // Whoever has to write there asks all the same.
  rooms.set('!nuova:example.org', { id: '!nuova:example.org', aliases: [nobody], encrypted: true })
  expect(await addresses.idOf(nobody)).toBe('!nuova:example.org')
  expect(await addresses.of({ id: '!nuova:example.org', aliases: [] })).toBe(nobody)
})

import { expect, test } from 'vitest'
import { besideTheConsole, user } from '#test/support/matrix/beside.ts'

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

test('a place that it cannot go into when it starts is tried again, and the others meanwhile', async () => {
  const [suape, laboratory] = ['#suape:example.org', '#laboratorio:example.org']
  const { server } = await besideTheConsole({ before: server => server.cut('named', suape) })

  const looked = () => server.asked.flatMap(([what, alias]) => (what === 'named' ? [alias] : []))
  expect(looked()).toContain(laboratory)
  expect(looked()).not.toContain(suape)
  await expect.poll(looked, { timeout: 10_000 }).toContain(suape)
})

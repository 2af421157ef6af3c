import { expect, test } from 'vitest'
import { outbox } from '#src/delivery/schema.ts'
import { requestMessages, requests } from '#src/features/laboratories/schema.ts'
import { queries } from '#src/storage/database.ts'
import { events } from '#src/storage/schema.ts'
import { besideTheConsole, ME, user } from '#test/support/matrix/beside.ts'

test('plain words in the direct conversation, `!oc` and a mention in a room', async () => {
  const { says, last, told, dm, room } = await besideTheConsole()

  await says('reuser', 'aiuto')
  expect(last(dm('reuser')).body).toContain('Ecco che cosa puoi fare')

  for (const content of [
    { body: '!oc pratiche' },
    { body: 'Animatore: pratiche' },
    { body: 'Animatore pratiche', 'm.mentions': { user_ids: [ME] } },
  ]) {
    await says('reuser', '', { in: room('suape'), content })
    expect(last(dm('reuser')).body).toContain('Ci sono 4 buone pratiche')
  }
  await says('reuser', 'aiuto', { in: room('suape') })
  await says('reuser', 'Animatore nel senso di chi anima', { in: room('suape') })

  expect(told(dm('reuser'))).toHaveLength(4)
  expect(told(room('suape'))).toEqual([])
})

test('what is said is a notice that mentions nobody, and reads well alone', async () => {
  const { says, last, dm } = await besideTheConsole()

  await says('reuser', 'pratiche')

  const { content, body, html } = last(dm('reuser'))
  expect(content).toMatchObject({ msgtype: 'm.notice', 'm.mentions': {}, format: 'org.matrix.custom.html' })
  expect(body).toContain('1. P-0004 · Punto di aiuto digitale nei Comuni piccoli')
  expect(html).toContain('<ol><li>P-0004 · Punto di aiuto digitale nei Comuni piccoli</li>')
})

test('up to four choices carry a number to press; each is also a number to type', async () => {
  const { says, presses, last, dm, server } = await besideTheConsole()
  await says('reuser', 'pratiche')
  const list = last(dm('reuser'))
  const numbers = server.sent.filter(({ type }) => type === 'm.reaction').map(({ content }) => content['m.relates_to'])
  expect(numbers).toEqual(['1️⃣', '2️⃣', '3️⃣', '4️⃣'].map(key => ({ rel_type: 'm.annotation', event_id: list.id, key })))

  await presses('reuser', 4, list)
  expect(last(dm('reuser')).body).toContain('Una sola porta per imprese ed edilizia')
  await says('reuser', '2', { content: { 'm.relates_to': { 'm.in_reply_to': { event_id: list.id } } } })
  expect(last(dm('reuser')).body).toContain('Conferenza dei servizi in rete')
})

test('a form is a conversation: a line at a time, wrong answers asked again', async () => {
  const { says, last, told, dm, room } = await besideTheConsole()

  for (const line of ['richiesta', 'P-0001', '9', '1', 'Serve una mano', 'tieni', 'salta']) {
    await says('reuser', line)
    if (line === '9') expect(last(dm('reuser')).body).toContain('Non trovo «9» tra le risposte possibili')
  }

  expect(last(dm('reuser')).body).toContain('R-2027-0001')
  expect(told(room('laboratorio'))[0]?.body).toContain('Serve una mano')
})

test('hostile words stay words', async () => {
  const { says, told, room } = await besideTheConsole()
  const hostile = '<b onclick="x">@room</b> [a](javascript:alert(1)) *x*'

  for (const line of ['richiesta', 'P-0001', '1', hostile, 'tieni', 'salta']) await says('reuser', line)

  const [card] = told(room('laboratorio'))
  expect(card?.body).toContain(hostile)
  expect(card?.html).toContain('&lt;b onclick=&quot;x&quot;&gt;@room&lt;/b&gt;')
  expect(card?.html).not.toMatch(/<a href="javascript|<b onclick/)
  expect(card?.content['m.mentions']).toEqual({})
})

test('a card is edited where it stands, and its numbers with it', async () => {
  const { says, presses, told, room, server } = await besideTheConsole()
  for (const line of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni', 'salta']) await says('reuser', line)
  const [card] = told(room('laboratorio'))

  await presses('operator', 1, card!)

  expect(told(room('laboratorio'))[0]).toMatchObject({ id: card?.id, edits: 1 })
  expect(told(room('laboratorio'))[0]?.body).toMatch(/R-2027-0001 · in carico/)
  expect(new Set(server.sent.map(({ room: where, txn }) => `${where} ${txn}`)).size).toBe(server.sent.length)
})

test('a number means what stood there when it was pressed, though the card has changed since', async () => {
  const { says, presses, told, last, dm, room, line } = await besideTheConsole()
  for (const each of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni', 'salta']) await says('reuser', each)
  const [card] = told(room('laboratorio'))
  await line({ at: '2027-01-11T09:05:00Z' })
  await presses('operator', 1, card!)

  await presses('administrator', 1, card!, { age: 60_000 })

  expect(last(dm('administrator')).body).toMatch(/R-2027-0001.*Tecnica Laboratorio/s)
})

test('a number that is pressed while the numbers are still changing means what is seen by then', async () => {
  const { says, presses, told, last, dm, room, server, settle } = await besideTheConsole()
  for (const each of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni', 'salta']) await says('reuser', each)
  const [card] = told(room('laboratorio'))
  const { ownReactions } = server.wire
  let pressed: Promise<unknown> = Promise.resolve()
  server.wire.ownReactions = async (...at) => {
    server.wire.ownReactions = ownReactions
    const relation = { rel_type: 'm.annotation', event_id: card?.id, key: '1\uFE0F\u20E3' }
    const content = { 'm.relates_to': relation }
    pressed = server.hear({ room: room('laboratorio'), sender: user('operator'), type: 'm.reaction', content, age: 0 })
    await pressed
    return ownReactions(...at)
  }

  await presses('operator', 1, card!)
  await pressed
  await settle()

  expect(last(dm('operator')).body).toContain('Che cosa vuoi sapere?')
})

test('nobody answers a bot, an edit, herself, or what is more than a day old', async () => {
  const { says, told, dm, server } = await besideTheConsole()
  const where = dm('reuser')

  await says('reuser', 'aiuto', { content: { msgtype: 'm.notice' } })
  await says('reuser', 'aiuto', { content: { 'm.relates_to': { rel_type: 'm.replace', event_id: '$x' } } })
  await says('reuser', 'aiuto', { age: 25 * 60 * 60 * 1000 })
  await server.hear({ room: where, sender: ME, content: { msgtype: 'm.text', body: 'aiuto' } })

  expect(told(where)).toEqual([])
})

test('the same event twice is answered once, and an answer that was cut off is sent once', async () => {
  const { says, told, dm, server, settle } = await besideTheConsole()
  server.fail('lost')
  await says('reuser', 'aiuto', { id: '$same' }).catch(() => {})
  await says('reuser', 'aiuto', { id: '$same' })
  await settle()

  expect(told(dm('reuser'))).toHaveLength(1)
})

test('who comes into a room is welcomed in her own conversation; who was there before is not', async () => {
  const { joins, told, dm, room, server } = await besideTheConsole()
  const was = { room: room('suape'), sender: user('newcomer'), type: 'm.room.member', stateKey: user('newcomer') }
  await server.hear({ ...was, content: { membership: 'join' }, before: {}, beforeMe: true })
  expect(told(dm('newcomer'))).toEqual([])

  await joins('newcomer', room('suape'))

  expect(told(dm('newcomer'))[0]?.body).toContain('I tuoi diritti')
})

test('what is taken back is forgotten: the need of a request, and words in its thread', async () => {
  const { says, told, last, dm, room, server, store, settle } = await besideTheConsole()
  for (const line of ['richiesta', 'P-0001', '1']) await says('reuser', line)
  const need = await says('reuser', 'Il mio segreto')
  for (const line of ['tieni', 'salta']) await says('reuser', line)
  const [card] = told(room('laboratorio'))
  const thread = { 'm.relates_to': { rel_type: 'm.thread', event_id: card?.id } }
  const words = await says('operator', 'Altro segreto', { in: room('laboratorio'), content: thread })
  expect(last(dm('reuser')).body).toContain('Altro segreto')

  await server.hear({ room: dm('reuser'), sender: user('reuser'), type: 'm.room.redaction', redacts: need })
  await server.hear({ room: room('laboratorio'), sender: user('operator'), type: 'm.room.redaction', redacts: words })
  await settle()

  expect(told(room('laboratorio'))[0]?.body).not.toContain('Il mio segreto')
  expect(last(dm('reuser')).body).not.toContain('Altro segreto')
  const kept = await store.read(async tx => [
    await queries(tx).select().from(requests),
    await queries(tx).select().from(requestMessages),
    await queries(tx).select().from(events),
    await queries(tx).select({ message: outbox.message }).from(outbox),
  ])
  expect(JSON.stringify(kept)).not.toContain('segreto')
})

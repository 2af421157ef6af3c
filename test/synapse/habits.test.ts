import { describe, expect, test } from 'vitest'
import type { MatrixPerson } from '#test/support/matrix/person.ts'
import { matrixWorld } from '#test/support/matrix/world.ts'

/** More than a sync carries of one room. */
const chatter = (person: MatrixPerson, room: string) =>
  Promise.all(Array.from({ length: 130 }, (_, line) => person.says(`tra di noi ${line}`, { in: room })))

describe.each([
  { rooms: 'plain', encrypted: false },
  { rooms: 'encrypted', encrypted: true },
])('in $rooms rooms', ({ encrypted }) => {
  test('in a room it answers who asks, to her alone', async () => {
    const world = await matrixWorld({ encrypted })
    await world.start()
    const reuser = await world.as('reuser')
    await reuser.says('!oc pratiche', { in: world.room('suape') })

    const answer = await reuser.hears('Ci sono 4 buone pratiche')

    expect(answer.room).not.toBe(world.room('suape'))
    await expect.poll(() => reuser.numbersOn(answer), { timeout: 30_000 }).toEqual(['1️⃣', '2️⃣', '3️⃣', '4️⃣'])
    await reuser.presses(4, answer)
    await reuser.hears('Una sola porta per imprese ed edilizia')
    expect(reuser.seen(world.room('suape'))).toEqual([])
  })

  test('a thread reaches the other side, and comes back in it', async () => {
    const world = await matrixWorld({ encrypted })
    await world.start()
    const [reuser, operator] = [await world.as('reuser'), await world.as('operator')]
    await reuser.tells('richiesta', 'P-0001', '1', 'Serve una mano', 'tieni')
    await reuser.sends('nota.txt', Buffer.from('Ecco la nota'))
    const laboratory = world.room('laboratorio')
    const card = await operator.hears('R-2027-0001 · nuova', laboratory)
    const note = await operator.hears('File allegato', laboratory)
    expect(note).toMatchObject({ type: 'm.file', content: { filename: 'nota.txt' } })
    expect('file' in note.content).toBe(encrypted)

    await operator.says('Quale versione usate?', { in: laboratory, thread: card.id })
    const asked = await reuser.hears('Quale versione usate?')
    await reuser.says('La 2.1', { thread: asked.thread ?? asked.id })
    const answered = await operator.hears('La 2.1', laboratory)
    expect(answered.thread).toBe(card.id)
  })

  test('what was said while it was down is answered once, also behind a gap', async () => {
    const world = await matrixWorld({ encrypted })
    await world.start()
    const reuser = await world.as('reuser')
    await reuser.tells('aiuto')
    await world.stop()
    const before = reuser.seen().length
    await reuser.says('pratiche')
    await chatter(reuser, world.room('suape'))
    await reuser.says('!oc richieste mie', { in: world.room('suape') })
    await chatter(reuser, world.room('suape'))

    const { errors } = await world.start()

    await reuser.hears('Ci sono 4 buone pratiche')
    await expect.poll(() => reuser.seen().length, { timeout: 30_000 }).toBe(before + 2)
    expect(reuser.seen().filter(({ unreadable }) => unreadable)).toEqual([])
    expect(errors).toEqual([])
  })
})

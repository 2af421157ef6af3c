import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Community, community } from '#test/support/community.ts'
import { asks, cardIn, cardNow } from '#test/support/laboratories.ts'
import { everythingIn } from '#test/support/tables.ts'
import '#test/support/matchers.ts'

const erases = async (all: Community, who: 'reuser' | 'operator'): Promise<void> => {
  await all[who].says('privacy cancella')
  await all[who].says('privacy cancella conferma')
}
/** Everything that any table holds. */
const rowsOf = async ({ db }: Community): Promise<string> => [...(await everythingIn(db)).values()].join('\n')
/** Every message of a place as it is read now. */
const readNow = (all: Community, place: string): string => {
  const latest = new Map(
    all
      .place(place)
      .messages()
      .map(each => [each.ref, each.text]),
  )
  return [...latest.values()].join('\n')
}

test('an open request of who leaves passes to the coordinators, without her name and her words', async () => {
  const all = await community()
  const { reuser, operator, coordinator, place } = all
  const root = await asks(reuser, { practice: 'sportello-unico', need: 'Parole mie soltanto' })
  await reuser.says('E altre parole mie', { thread: root.ref })
  await operator.presses('laboratories.take')
  await operator.says('richiesta R-2027-0001')
  const shown = operator.lastMessage()
  expect(shown).toSay(/Sportello Perugia[\s\S]*altre parole mie/)
  await reuser.says('Mai mandate, queste')
  await erases(all, 'reuser')

  expect(operator.messages().findLast(({ ref }) => ref === shown.ref)).toSay("Qui c'era R-2027-0001")
  expect(readNow(all, '#laboratorio')).not.toMatch(/Sportello Perugia|parole mie|Parole mie/)
  expect(cardNow(place('#laboratorio'))).toSay('se ne occupa chi coordina la comunità')
  const card = cardIn(place('#coordinamento'))
  expect(card).toSay(/R-2027-0001 · nuova[\s\S]*Comune di Perugia[\s\S]*P-0001[\s\S]*Chi ha chiesto non c'è più/)
  expect(card).not.toSay('Sportello Perugia')
  expect(await rowsOf(all)).toContain('R-2027-0001')
  expect(await rowsOf(all)).not.toMatch(/Parole mie|parole mie|Mai mandate/)

  await coordinator.presses('laboratories.take', undefined, card)
  await coordinator.says('richiesta chiedi R-2027-0001')
  expect(coordinator.lastMessage()).toSay("non c'è nessuno a cui chiedere")
  await coordinator.says('richiesta risolvi R-2027-0001 sentito il Comune')
  await coordinator.answers({})
  expect(cardNow(place('#coordinamento'))).toSay('· risolta')
})

test('when an operator leaves, what was hers is new again and her words are taken back', async () => {
  const all = await community()
  const { reuser, operator, place } = all
  await asks(reuser)
  await operator.presses('laboratories.take')
  await operator.says('Parole di chi lavora qui', { in: '#laboratorio', thread: cardIn(place('#laboratorio')).ref })
  const note = reuser.lastMessage()
  await asks(reuser)
  await operator.says('richiesta risolvi R-2027-0002 Fatto da me')
  await operator.answers({})
  await erases(all, 'operator')

  expect(readNow(all, '#laboratorio')).not.toMatch(/Tecnica Laboratorio|Fatto da me/)
  expect(cardNow(place('#laboratorio'))).toSay('R-2027-0001 · nuova')
  expect(reuser.messages().findLast(({ ref }) => ref === note.ref)).toSay("chi l'ha scritto ha chiesto di toglierlo")
  const solved = reuser.messages().findLast(({ text }) => text.includes('R-2027-0002 è risolta'))
  expect(solved).not.toSay('Fatto da me')
  expect(solved).toOffer('laboratories.rate')
})

test('the export holds what she asked and what she wrote', async () => {
  const all = await community()
  const root = await asks(all.reuser, { need: 'Serve una mano' })
  await all.reuser.says('Anche domani', { thread: root.ref })
  const exported = JSON.stringify(await all.reuser.says('privacy esporta'))
  const [path = ''] = /[^"]+\.json/.exec(exported) ?? []
  const told = JSON.parse(readFileSync(path, 'utf8'))
  const days = [told.person.createdAt, told.laboratories.requests[0].openedAt, told.laboratories.words[0].at]
  for (const day of days) expect(day).toMatch(/^2027-01-\d\dT[\d:]+Z$/)
  expect(told.laboratories.requests).toMatchObject([{ number: 'R-2027-0001', need: 'Serve una mano', state: 'new' }])
  expect(told.laboratories.words).toMatchObject([{ text: 'Anche domani', kind: 'note' }])
})

test('the digest counts what was asked and answered, and names nobody', async () => {
  // Of the week from 11 January: three asked; one solved in time, one answered late, one not due before the week ends.
  const all = await community()
  const { reuser, operator, place, moveTo } = all
  await asks(reuser, { urgency: 'high' })
  await operator.says('richiesta risolvi R-2027-0001 fatto')
  await operator.answers({})
  await asks(reuser, { urgency: 'high' })
  await moveTo('2027-01-13T09:00:00Z')
  await operator.says('richiesta scrivi R-2027-0002 eccomi')
  await moveTo('2027-01-15T15:00:00Z')
  await asks(reuser, { urgency: 'low' })
  await moveTo('2027-01-18T07:30:00Z')
  const digest = place('#coordinamento').lastMessage().text
  expect(digest.slice(digest.indexOf('Richieste di supporto')).split('\n').slice(0, 7)).toEqual([
    'Richieste di supporto',
    '• Aperte: 3',
    '• Risolte: 1',
    '• Chiuse: 0',
    '• Ancora da risolvere: 2',
    '• Da quanto aspettano: fino a 7 giorni 2, da 8 a 30 giorni 0, oltre 30 giorni 0',
    '• Prima risposta: 1 richiesta su 2 entro i tempi',
  ])
  expect(digest).not.toMatch(/Tecnica|Sportello Perugia/)
})

test('nobody is told to write to a requester who has gone', async () => {
  const { reuser, place, moveTo } = await community()
  await asks(reuser)
  await reuser.says('privacy cancella conferma')
  await moveTo('2027-01-22T17:00:00Z')

  const reminder = place('#coordinamento')
    .messages()
    .find(({ text }) => text.startsWith('R-2027-0001 aspetta ancora'))
  expect(reminder).toSay('Chi ha chiesto non c')
  expect(reminder).toOffer('laboratories.cancel')
  expect(reminder).not.toOffer('laboratories.question')
})

test('a card that was passed on is left alone by what happens elsewhere', async () => {
  const { reuser, operator, place } = await community()
  await asks(reuser)
  const { ref } = cardIn(place('#laboratorio'))
  await operator.says('richiesta trasferisci R-2027-0001')
  await operator.answers({ laboratory: 'coordinators', reason: 'Non è cosa nostra' })
  await reuser.says('richiesta annulla R-2027-0001 non serve')
  await reuser.answers({})
  await reuser.says('richiesta riapri R-2027-0001')

  const drawn = place('#laboratorio')
    .messages()
    .filter(each => each.ref === ref)
  expect(drawn.map(({ text }) => text.slice(0, 23))).toEqual(['Richiesta R-2027-0001 ·', 'R-2027-0001 non è più q'])
})

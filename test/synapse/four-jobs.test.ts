import { describe, expect, test } from 'vitest'
import type { MatrixPerson } from '#test/support/matrix/person.ts'
import { matrixWorld } from '#test/support/matrix/world.ts'

const words = {
  it: {
    request: ['richiesta', 'P-0001', '1', 'Serve aiuto con il dispiegamento', 'tieni', 'salta'],
    received: /R-2027-0001.*Laboratorio Umbria/,
    taken: /R-2027-0001 è in carico/,
    cardTaken: /R-2027-0001 · in carico/,
    notice: 'I tuoi diritti',
    begin: 'comincia',
    told: ['Comune di Foligno', 'Ufficio', 'salta', 'Dieci anni allo sportello', 'salta', '1'],
    welcome: 'Chi coordina: Regia Umbria',
    introduced: 'Nuovo Arrivo, Comune di Foligno',
    propose: 'pratica proponi',
    practice: [
      'Pratiche edilizie in chiaro',
      'Tutto in vista',
      'Una mappa',
      'tieni',
      'tieni',
      ...Array(4).fill('salta'),
    ],
    proposed: 'Ho registrato la proposta P-0005',
    announced: 'Che cosa risolve',
    opened: 'È aperta la verifica di gennaio 2027',
    digest: 'gennaio 2027',
  },
  en: {
    request: ['request', 'P-0001', '1', 'We need help with the roll-out', 'keep', 'skip'],
    received: /R-2027-0001.*Umbria Laboratory/,
    taken: /R-2027-0001 is in good hands/,
    cardTaken: /R-2027-0001 · in carico/,
    notice: 'Your rights',
    begin: 'begin',
    told: ['Comune di Foligno', 'Office', 'skip', 'Ten years at the counter', 'skip', '1'],
    welcome: 'Regia Umbria',
    introduced: 'Nuovo Arrivo, Comune di Foligno',
    propose: 'practice propose',
    practice: ['Pratiche edilizie in chiaro', 'Tutto in vista', 'A map', 'keep', 'keep', ...Array(4).fill('skip')],
    proposed: 'P-0005',
    announced: 'Che cosa risolve',
    opened: 'January 2027',
    digest: 'January 2027',
  },
}
type Language = keyof typeof words

const speak = async (person: MatrixPerson, language: Language): Promise<void> => {
  if (language === 'en') await person.tells('lingua en')
}

describe.each([
  { rooms: 'plain', language: 'it' as const },
  { rooms: 'encrypted', language: 'it' as const },
  { rooms: 'plain', language: 'en' as const },
  { rooms: 'encrypted', language: 'en' as const },
])('in $rooms rooms, in $language', ({ rooms, language }) => {
  const encrypted = rooms === 'encrypted'
  const w = words[language]

  test('the four jobs', async () => {
    const world = await matrixWorld({ encrypted })
    const { errors } = await world.start()
    const [reuser, operator, provider, coordinator] = [
      await world.as('reuser'),
      await world.as('operator'),
      await world.as('provider'),
      await world.as('coordinator'),
    ]
    for (const person of [reuser, operator, provider, coordinator]) await speak(person, language)

    // A request reaches its laboratory; an operator takes it in charge by its number.
    await reuser.tells(...w.request.slice(0, -1))
    await reuser.says(w.request.at(-1)!)
    await reuser.hears(w.received)
    const card = await operator.hears(/R-2027-0001 · nuova/, world.room('laboratorio'))
    expect(card.body).toContain(w.request[3])
    await operator.presses(1, card)
    await reuser.hears(w.taken)
    await operator.hears(w.cardTaken, world.room('laboratorio'))

    // Who enters a community's room is welcomed.
    const newcomer = await world.as('newcomer')
    await speak(newcomer, language)
    await world.invite(newcomer, 'suape')
    const notice = await newcomer.hears(w.notice)
    expect(notice.room).toBe(await newcomer.direct())
    await newcomer.tells(w.begin, ...w.told)
    await newcomer.hears(w.welcome)
    const introduced = await reuser.hears(w.introduced, world.room('suape'))
    expect(introduced.body).toContain(w.told[3])

    // A practice is proposed, published and announced.
    await provider.tells(w.propose, ...w.practice)
    await provider.hears(w.proposed)
    const proposal = await coordinator.hears('P-0005', world.room('coordinamento'))
    await coordinator.presses(1, proposal)
    const announced = await reuser.hears(/P-0005|Pratiche edilizie in chiaro/, world.room('suape'))
    expect(announced.body).toContain(w.announced)

    // The month is reviewed.
    await world.moveTo('2027-02-01T08:00:00Z')
    await reuser.hears(w.opened)
    await world.moveTo('2027-02-09T17:00:00Z')
    await coordinator.hears(w.digest)
    for (const person of [reuser, operator, provider, coordinator, newcomer])
      expect(person.seen().filter(({ unreadable }) => unreadable)).toEqual([])
    expect(errors).toEqual([])
  })
})

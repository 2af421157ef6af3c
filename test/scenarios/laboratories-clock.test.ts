import { describe, expect, test } from 'vitest'
import { type Community, community } from '#test/support/community.ts'
import { asks, cardIn, cardNow, covering, twoLaboratories, twoPlaces } from '#test/support/laboratories.ts'
import '#test/support/matchers.ts'

const reminders = ({ place }: Community) =>
  place('#laboratorio')
    .messages()
    .filter(({ text }) => text.includes('aspetta ancora una risposta'))
const alerts = ({ place }: Community) =>
  place('#coordinamento')
    .messages()
    .filter(({ text }) => text.includes('aspetta ancora una risposta'))
const told = (all: Community): string => `${reminders(all).length} ${alerts(all).length}`

describe('without a reply in the first-response target', () => {
  test('the laboratory is reminded, then the coordinators hear of it', async () => {
    // Eight opening hours from Monday at 10:00: Tuesday at 11:00; half as many more: Tuesday at 16:00.
    const all = await community()
    await asks(all.reuser)
    await all.moveTo('2027-01-12T09:59:00Z')
    expect(told(all)).toBe('0 0')
    await all.moveTo('2027-01-12T10:00:00Z')
    expect(told(all)).toBe('1 0')
    expect(reminders(all)[0]?.thread).toBe(cardIn(all.place('#laboratorio')).ref)
    expect(reminders(all)[0]).toOffer('laboratories.take')
    await all.moveTo('2027-01-12T14:59:00Z')
    expect(told(all)).toBe('1 0')
    await all.moveTo('2027-01-12T15:00:00Z')
    expect(told(all)).toBe('1 1')
    expect(alerts(all)[0]).toSay(/R-2027-0001 aspetta ancora una risposta: .* Se ne occupa Laboratorio Umbria\./)
    await all.moveTo('2027-01-20T15:00:00Z')
    expect(told(all)).toBe('1 1')
  })
  test('neither the weekend nor a holiday counts', async () => {
    // Four opening hours from Tuesday 5 January at 16:00: Epiphany is between, so Thursday at 12:00.
    const all = await community({ at: '2027-01-05T15:00:00Z' })
    expect(await asks(all.reuser, { urgency: 'high' })).toSay('giovedì 7 gennaio alle 12:00')
    await all.moveTo('2027-01-07T10:59:00Z')
    expect(told(all)).toBe('0 0')
    await all.moveTo('2027-01-07T11:00:00Z')
    expect(told(all)).toBe('1 0')
  })
  test('taking in charge is no reply; words are', async () => {
    const all = await community()
    await asks(all.reuser)
    await all.operator.presses('laboratories.take')
    await all.moveTo('2027-01-12T10:00:00Z')
    expect(told(all)).toBe('1 0')
    await all.operator.says('Ci guardo oggi', { in: '#laboratorio', thread: cardIn(all.place('#laboratorio')).ref })
    await all.moveTo('2027-01-20T15:00:00Z')
    expect(told(all)).toBe('1 0')
  })
})

test('the clock stops while the requester is waited for, and goes on when she answers', async () => {
  // Eight hours from Monday at 10:00; asked at 16:00, after five; answered on Friday at 16:00: three more end on Monday at 11:00.
  const all = await community()
  await asks(all.reuser)
  await all.moveTo('2027-01-11T15:00:00Z')
  await all.operator.presses('laboratories.question')
  await all.operator.answers({ question: 'Quale versione usate?' })
  expect(cardNow(all.place('#laboratorio'))).toSay('· in attesa di risposta')
  await all.operator.says('richieste')
  expect(all.operator.lastMessage()).toSay('il tempo è fermo')
  await all.moveTo('2027-01-15T15:00:00Z')
  expect(told(all)).toBe('0 0')
  await all.reuser.presses('laboratories.write')
  await all.reuser.answers({ text: 'La 2.1' })
  expect(all.reuser.lastMessage()).toSay('R-2027-0001 torna al lavoro')
  expect(cardNow(all.place('#laboratorio'))).toSay(/· in carico[\s\S]*Rispondere entro: lunedì 18 gennaio alle 11:00/)
  await all.moveTo('2027-01-18T09:59:00Z')
  expect(told(all)).toBe('0 0')
  await all.moveTo('2027-01-18T10:00:00Z')
  expect(told(all)).toBe('1 0')
})

test('another laboratory gets it new, with a card and a clock of its own', async () => {
  const all = await community({ prepare: twoLaboratories })
  const { reuser, operator, provider, place } = all
  await asks(reuser)
  await operator.presses('laboratories.take')
  await operator.presses('laboratories.transfer', undefined, cardIn(place('#laboratorio')))
  await operator.answers({ laboratory: 'norme', reason: 'Riguarda una legge nuova' })
  expect(cardNow(place('#laboratorio'))).toMatchObject({
    text: 'R-2027-0001 non è più qui: se ne occupa Laboratorio Norme.',
  })
  expect(cardNow(place('#laboratorio')).choices).toBe(undefined)
  // It has no place: its operators read the card in their own conversation.
  const card = provider.messages().find(({ text }) => text.includes('R-2027-0001 · nuova'))
  expect(card).toOffer('laboratories.take')
  expect(reuser.lastMessage()).toSay(/Di R-2027-0001 ora si occupa Laboratorio Norme[\s\S]*Riguarda una legge nuova/)
  await operator.says('Ancora una cosa', { in: '#laboratorio', thread: cardIn(place('#laboratorio')).ref })
  expect(operator.lastMessage()).toSay('se ne occupa Laboratorio Norme')
  expect(reuser.lastMessage()).not.toSay('Ancora una cosa')
  await provider.says('Buongiorno', { thread: card?.ref ?? '' })
  expect(reuser.lastMessage()).toSay(/Laboratorio Norme[\s\S]*Buongiorno/)

  await provider.says('richiesta trasferisci R-2027-0001')
  await provider.answers({ laboratory: 'laboratorio-umbria', reason: 'La legge non cambia' })
  const back = place('#laboratorio')
    .messages()
    .filter(({ text, edit }) => text.includes('R-2027-0001 · nuova') && !edit)
  expect(back).toHaveLength(2)
  // The first card is done with: one is worked on, and changes.
  expect(cardNow(place('#laboratorio')).text).toBe('R-2027-0001 è tornata qui: la sua scheda è più in basso.')
  const before = place('#laboratorio').messages().length
  await operator.presses('laboratories.take', undefined, { ref: back[1]!.ref! })
  const changed = place('#laboratorio').messages().slice(before)
  expect(changed.map(({ ref }) => ref)).toEqual([back[1]!.ref])
})

test('a first reply that is late already stays late, also after a transfer', async () => {
  // Eight opening hours from Monday at 10:00: Tuesday at 11:00.
  const all = await community()
  await asks(all.reuser)
  await all.moveTo('2027-01-12T10:30:00Z')
  await all.operator.says('richiesta trasferisci R-2027-0001')
  await all.operator.answers({ laboratory: 'coordinators', reason: 'Serve una decisione' })
  await all.coordinator.says('richiesta scrivi R-2027-0001 Eccoci')
  await all.moveTo('2027-01-18T08:00:00Z')
  expect(all.place('#coordinamento').lastMessage()).toSay('Prima risposta: 0 richieste su 1 entro i tempi')
})

test('a laboratory with two places has a card in both, and what is written in one reaches the other', async () => {
  const { reuser, operator, place, line } = await community({ prepare: twoPlaces })
  await asks(reuser)
  await line({ as: 'operator', join: '#officina' })
  await operator.says('Rispondo da qui', { in: '#officina', thread: cardIn(place('#officina')).ref })
  expect(reuser.lastMessage()).toSay('Rispondo da qui')
  expect(place('#laboratorio').lastMessage()).toSay(/Tecnica Laboratorio scrive a chi ha fatto la richiesta/)
  expect(
    place('#officina')
      .messages()
      .filter(({ text }) => text.includes('Rispondo da qui')),
  ).toEqual([])
  await operator.presses('laboratories.take', undefined, cardIn(place('#officina')))
  for (const each of ['#laboratorio', '#officina']) expect(cardNow(place(each))).toSay('· in carico')
})

test('a request about a new law goes to the laboratory that names this event', async () => {
  const { reuser, provider, place } = await community({ prepare: twoLaboratories })
  await asks(reuser, { event: 'regulatory_update' })
  expect(place('#laboratorio').messages()).toEqual([])
  expect(provider.lastMessage()).toSay('Aggiornamento normativo')
})

describe('richieste', () => {
  test('an operator reads her queue with age and target, the most urgent first, five at a time', async () => {
    const { reuser, operator, moveTo } = await community()
    for (const urgency of ['low', 'high', 'normal', 'low', 'low', 'low']) await asks(reuser, { urgency })
    await moveTo('2027-01-12T09:30:00Z')
    await operator.says('richieste')
    const { text, choices } = operator.lastMessage()
    expect(text.split('\n').slice(0, 4)).toEqual([
      'Richieste che aspettano te · pagina 1 di 2. Per le altre scrivi anche richieste 2.',
      '• R-2027-0002 Richiesta di supporto da un riusante · nuova · aperta da 1 giorno · in ritardo di 3 ore di lavoro',
      '• R-2027-0003 Richiesta di supporto da un riusante · nuova · aperta da 1 giorno · rispondere entro martedì 12 gennaio alle 11:00',
      '• R-2027-0001 Richiesta di supporto da un riusante · nuova · aperta da 1 giorno · rispondere entro mercoledì 13 gennaio alle 12:00',
    ])
    expect(choices?.filter(({ action }) => action === 'laboratories.details')).toHaveLength(5)
    await operator.presses('laboratories.list')
    expect(operator.lastMessage()).toSay(/pagina 2 di 2[\s\S]*R-2027-0006/)
    await operator.says('richieste 2')
    await operator.presses('laboratories.details')
    expect(operator.lastMessage()).toOffer('laboratories.take')
  })
  test('a member reads her own, the open ones first', async () => {
    const { reuser, operator, provider } = await community()
    await asks(reuser)
    await asks(reuser, { practice: 'sportello-unico' })
    await operator.says('richiesta risolvi R-2027-0001 fatto')
    await operator.answers({})
    await reuser.says('richieste')
    expect(reuser.lastMessage().text.split('\n')).toEqual([
      'Le tue richieste',
      '• R-2027-0002 Sportello unico digitale (SUAPE) · nuova · chiesta lunedì 11 gennaio',
      '• R-2027-0001 Richiesta di supporto da un riusante · risolta · chiesta lunedì 11 gennaio',
    ])
    await reuser.picks(1)
    expect(reuser.lastMessage()).toOffer('laboratories.write')
    expect(reuser.lastMessage()).toOffer('laboratories.cancel')
    await provider.says('requests')
    expect(provider.lastMessage()).toSay('Non hai ancora fatto richieste')
    expect(provider.lastMessage()).toOffer('laboratories.ask')
  })
})

test('what no laboratory covers is asked of the coordinators once, and not again half as late', async () => {
  const { reuser, place, moveTo } = await community({ prepare: covering({ communities: ['welfare'] }) })
  await asks(reuser)
  await moveTo('2027-01-22T17:00:00Z')

  const reminders = place('#coordinamento')
    .messages()
    .filter(({ text }) => text.startsWith('R-2027-0001 aspetta ancora'))
  expect(reminders).toHaveLength(1)
  expect(reminders[0]).toOffer('laboratories.take')
})

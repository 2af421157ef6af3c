import { describe, expect, test } from 'vitest'
import { community, testOffMatrix } from '#test/support/community.ts'
import { asks, cardIn, cardNow } from '#test/support/laboratories.ts'
import '#test/support/matchers.ts'

test('a request reaches its laboratory, is taken, solved, rated, and closes by itself', async () => {
  const { reuser, operator, place, moveTo } = await community()
  const received = await asks(reuser, { practice: 'sportello-unico', urgency: 'high' })
  expect(received).toSay(/R-2027-0001.*Laboratorio Umbria.*lunedì 11 gennaio alle 15:00/)

  const card = cardIn(place('#laboratorio'))
  for (const action of ['take', 'question', 'transfer', 'solve', 'cancel'])
    expect(card).toOffer(`laboratories.${action}`)
  expect(card).toSay('Comune di Perugia')
  expect(card).toSay('P-0001 Sportello unico digitale')
  expect(card).toSay('Serve aiuto con il dispiegamento')

  await operator.presses('laboratories.take')
  expect(cardNow(place('#laboratorio'))).toSay(/R-2027-0001 · in carico/)
  expect(reuser.lastMessage()).toSay(/R-2027-0001 è in carico/)

  await operator.presses('laboratories.solve', undefined, card)
  await operator.answers({ outcome: 'Abbiamo configurato lo sportello', services: 'consultancy,technical_mgmt' })
  expect(reuser.lastMessage()).toSay(
    /R-2027-0001 è risolta[\s\S]*Abbiamo configurato[\s\S]*Consulenza e Gestione tecnica/,
  )
  expect(reuser.lastMessage().choices?.map(({ action }) => action)).toEqual(Array(5).fill('laboratories.rate'))

  await reuser.picks(4)
  expect(reuser.lastMessage()).toSay('4 su 5')
  await moveTo('2027-01-18T08:59:00Z')
  expect(cardNow(place('#laboratorio'))).toSay('· risolta')
  await moveTo('2027-01-18T09:00:00Z')
  expect(cardNow(place('#laboratorio'))).toSay('· chiusa')
  expect(reuser.lastMessage()).toSay(/Ho chiuso R-2027-0001/)
})

test('the same in English, all by command', async () => {
  const { reuser, operator, place } = await community()
  await reuser.says('lingua en')
  await operator.says('lingua en')
  await reuser.says('request we need help with the roll-out')
  expect(reuser.form()).toMatchObject({ title: 'Ask for support' })
  expect(reuser.form().fields.find(({ name }) => name === 'need')?.known).toBe('we need help with the roll-out')
  expect(reuser.form().fields.find(({ name }) => name === 'event')?.options).toHaveLength(5)
  await reuser.answers({ event: 'new_requirements' })
  expect(reuser.lastMessage()).toSay('I have your request: it is R-2027-0001. I passed it to Umbria Laboratory.')

  await operator.says('request take R-2027-0001')
  expect(reuser.lastMessage()).toSay('R-2027-0001 is in good hands')
  await operator.says('request ask r-2027-1 which version?')
  await operator.answers({})
  expect(reuser.lastMessage()).toSay(/There is a question about R-2027-0001[\s\S]*which version\?/)
  expect(cardNow(place('#laboratorio'))).toSay('· in attesa di risposta')
  await reuser.says('request write R-2027-0001 version 2')
  expect(place('#laboratorio').lastMessage()).toSay('version 2')
  await operator.says('request solve R-2027-0001 it runs now')
  await operator.answers({})
  expect(reuser.lastMessage()).toSay(/R-2027-0001 is solved[\s\S]*it runs now[\s\S]*How did it go, from 1 to 5\?/)
  await reuser.says('request rate R-2027-0001 5')
  expect(reuser.lastMessage()).toSay('5 out of 5')
  await reuser.says('request reopen R-2027-0001')
  expect(cardNow(place('#laboratorio'))).toSay('· in carico')
  await reuser.says('request withdraw R-2027-0001 we found it')
  await reuser.answers({})
  expect(cardNow(place('#laboratorio'))).toSay(/· annullata[\s\S]*we found it/)
})

test('*Chiedi supporto* opens the form with the practice in it', async () => {
  const { reuser, place } = await community()
  await reuser.says('pratica P-0001')
  await reuser.presses('laboratories.ask')
  expect(reuser.form().fields[0]).toMatchObject({ name: 'practice', known: 'sportello-unico' })
  expect(reuser.form().fields.map(({ name }) => name)).toEqual(['practice', 'event', 'need', 'urgency', 'file'])
  expect(await reuser.searches('practice', 'SUAPE')).toContainEqual(
    expect.objectContaining({ value: 'sportello-unico' }),
  )
  await reuser.answers({ event: 'reuser_support', need: 'Come si parte?' })
  expect(cardIn(place('#laboratorio'))).toSay('P-0001')
})

testOffMatrix('two operators press at once: one takes it, the other reads who has it', async () => {
  const { reuser, operator, administrator, place } = await community()
  await asks(reuser)
  const card = cardIn(place('#laboratorio'))
  const value = card.choices?.[0]?.value ?? ''
  await operator.presses('laboratories.take', value, card)
  await administrator.says('richiesta prendi R-2027-0001')
  expect(administrator.lastMessage()).toSay(/R-2027-0001 è già in carico a Tecnica Laboratorio/)
  await operator.presses('laboratories.take', value, card)
  expect(operator.lastMessage()).toSay(/R-2027-0001 è già in carico a te/)
  expect(reuser.messages().filter(({ text }) => text.includes('è in carico'))).toHaveLength(1)
})

test('what somebody wrote while a colleague was faster is given back to her', async () => {
  const { reuser, operator, administrator } = await community()
  await asks(reuser)
  await operator.presses('laboratories.take')
  await operator.presses('laboratories.solve')
  await administrator.says('richiesta ritira R-2027-0001')
  await administrator.answers({ reason: 'Era già risolta' })
  await operator.answers({ outcome: 'Ho sentito il fornitore: manca una firma' })
  expect(operator.lastMessage()).toSay(/R-2027-0001 ora è annullata[\s\S]*Non ho mandato[\s\S]*manca una firma/)
})

test('a cancelled request is closed with its reason, and each side hears it', async () => {
  const { reuser, operator, place } = await community()
  await asks(reuser)
  await operator.presses('laboratories.cancel')
  await operator.answers({ reason: 'È uguale a quella di ieri' })
  expect(reuser.lastMessage()).toSay(/R-2027-0001 è stata annullata[\s\S]*È uguale a quella di ieri/)
  expect(cardNow(place('#laboratorio'))).toSay(/· annullata[\s\S]*È uguale a quella di ieri/)
  await reuser.says('richiesta valuta R-2027-0001 3')
  expect(reuser.lastMessage()).toSay('R-2027-0001 ora è annullata')
  await reuser.says('richiesta riapri R-2027-0001')
  expect(place('#laboratorio').lastMessage()).toSay('ha riaperto R-2027-0001')
  expect(cardNow(place('#laboratorio'))).toSay('· nuova')
})

describe('who may', () => {
  test('only members ask; nobody reads the requests of others', async () => {
    const { reuser, provider, supplier, newcomer, coordinator } = await community()
    await asks(reuser)
    for (const person of [supplier, newcomer]) {
      await person.says('richiesta')
      expect(person.lastMessage()).toSay('chi fa parte di una comunità')
    }
    await provider.says('richiesta R-2027-0001')
    expect(provider.lastMessage()).toSay('Non trovo la richiesta R-2027-0001')
    await provider.says('richiesta scrivi R-2027-0001 ciao')
    expect(provider.lastMessage()).toSay('Non trovo la richiesta R-2027-0001')
    await coordinator.says('richiesta prendi R-2027-0001')
    expect(coordinator.lastMessage()).toSay('può farlo Laboratorio Umbria')
    await coordinator.says('richiesta R-2027-0001')
    expect(coordinator.lastMessage()).toOffer('laboratories.transfer')
  })
  test('a command without its number says how it is written', async () => {
    const { operator, reuser } = await community()
    await operator.says('richiesta prendi')
    expect(operator.lastMessage()).toSay('richiesta prendi R-2027-0001')
    await operator.says('richiesta prendi R-2027-0099')
    expect(operator.lastMessage()).toSay('Non trovo la richiesta R-2027-0099')
    await asks(reuser)
    await reuser.says('richiesta valuta R-2027-0001 9')
    expect(reuser.lastMessage()).toSay('R-2027-0001 ora è nuova')
  })
})

test('who has left every community still follows what she asked, by command too', async () => {
  const { reuser, coordinator, operator, place } = await community()
  await asks(reuser)
  await reuser.says('esci suape')

  await reuser.says('richieste')
  expect(reuser.lastMessage()).toSay('R-2027-0001')
  await reuser.says('richiesta R-2027-0001')
  expect(reuser.lastMessage()).toOffer('laboratories.write')
  await reuser.says('richiesta scrivi R-2027-0001 sono ancora qui')
  expect(place('#laboratorio').lastMessage()).toSay('sono ancora qui')

  // A new one is for those who are inside: she hears how, and the menu does not offer it.
  await reuser.says('richiesta')
  expect(reuser.lastMessage()).toSay('serve far parte di una comunità')
  expect(reuser.lastMessage()).toOffer('core.run', 'communities.join')
  await operator.presses('laboratories.take')
  await operator.says('richiesta risolvi R-2027-0001 fatto')
  await operator.answers({})
  await reuser.says('richiesta valuta R-2027-0001 5')
  expect(reuser.lastMessage()).toSay('5 su 5')
  await reuser.says('che cosa faccio?')
  expect(reuser.lastMessage()).not.toOffer('core.run', 'laboratories.request')

  // Nobody else gained anything by it.
  await coordinator.says('aiuto')
  expect(coordinator.lastMessage()).toSay('richiesta prendi')
})

testOffMatrix('pressed twice, or too late: how things stand, and what can be done', async () => {
  const { reuser, operator, place } = await community()
  await asks(reuser)
  const card = cardIn(place('#laboratorio'))
  const take = card.choices!.find(({ action }) => action === 'laboratories.take')!
  await operator.presses('laboratories.take', take.value, card)
  await operator.presses('laboratories.take', take.value, card)
  expect(operator.lastMessage()).toSay('R-2027-0001 è già in carico a te.')
  expect(operator.lastMessage()).toOffer('laboratories.solve')

  await reuser.says('lingua en')
  await reuser.says('request cancel R-2027-0001')
  await reuser.answers({ reason: 'found it' })
  await reuser.says('request cancel R-2027-0001')
  expect(reuser.lastMessage()).toSay('R-2027-0001 is now cancelled. Open the request to see what you can do.')
})

import { expect, test } from 'vitest'
import { community } from '#test/support/community.ts'
import { asks, cardIn, cardNow } from '#test/support/laboratories.ts'
import '#test/support/matchers.ts'

test('what is written with the command that reopens reaches the laboratory', async () => {
  const { reuser, operator, place } = await community()
  await asks(reuser)
  await operator.says('richiesta risolvi R-2027-0001 fatto')
  await operator.answers({})
  await reuser.says('richiesta riapri R-2027-0001 non va ancora, errore 500')
  expect(reuser.lastMessage()).toSay('Ho riaperto R-2027-0001, e ho mandato quello che hai scritto.')
  expect(place('#laboratorio').lastMessage()).toSay(/scrive su R-2027-0001[\s\S]*non va ancora, errore 500/)
  expect(place('#laboratorio').lastMessage().thread).toBe(cardIn(place('#laboratorio')).ref)

  await reuser.says('richiesta valuta R-2027-0001 2')
  expect(reuser.lastMessage()).toSay("R-2027-0001 ora è in carico: potrai dire com'è andata quando è risolta.")

  // It is open already: she hears that these words went nowhere, and how they would.
  await reuser.says('richiesta riapri R-2027-0001 anche il secondo modulo')
  expect(reuser.lastMessage()).toSay(
    /è già in carico a Tecnica Laboratorio\.[\s\S]*Non ho mandato quello che hai scritto[\s\S]*richiesta scrivi R-2027-0001 testo/,
  )
  expect(reuser.lastMessage()).toOffer('laboratories.write')
  expect(place('#laboratorio').lastMessage()).not.toSay('secondo modulo')
})

test('the laboratory may reopen too, and say why', async () => {
  const { reuser, operator, place } = await community()
  await asks(reuser)
  await operator.says('richiesta risolvi R-2027-0001 fatto')
  await operator.answers({})
  await operator.says(`richiesta riapri R-2027-0001 ${'x'.repeat(4001)}`)
  expect(operator.lastMessage()).toSay('Sono 4001 caratteri: qui ce ne stanno 4000')
  expect(cardNow(place('#laboratorio'))).toSay('· risolta')
  await operator.says('richiesta riapri R-2027-0001 abbiamo trovato un altro errore')
  expect(reuser.told('di nuovo aperta')).toSay('R-2027-0001 è di nuovo aperta')
  expect(reuser.lastMessage()).toSay(/ti scrive su R-2027-0001[\s\S]*abbiamo trovato un altro errore/)
})

test('how long words are is written as numbers are', async () => {
  const { reuser, operator } = await community()
  await asks(reuser)
  await operator.says(`richiesta scrivi R-2027-0001 ${'x'.repeat(10_000)}`)
  expect(operator.lastMessage()).toSay('Sono 10.000 caratteri: qui ce ne stanno 4000')
  await operator.says('lingua en')
  await operator.says(`request write R-2027-0001 ${'x'.repeat(10_000)}`)
  expect(operator.lastMessage()).toSay('That is 10,000 characters; 4,000 fit here.')
})

test('what a month said of a request stays true when it is opened again', async () => {
  const { reuser, operator, coordinator, moveTo } = await community()
  await asks(reuser)
  await operator.says('richiesta risolvi R-2027-0001 fatto')
  await operator.answers({})
  await moveTo('2027-02-03T09:00:00Z')
  const january = async () => {
    await coordinator.says('riepilogo gennaio')
    return coordinator.lastMessage()
  }
  const before = await january()
  expect(before).toSay(/Risolte: 1\n• Chiuse: 1\n• Ancora da risolvere: 0/)
  await reuser.says('richiesta riapri R-2027-0001 si è rotto di nuovo')
  expect((await january()).text).toBe(before.text)
  await coordinator.says('riepilogo febbraio')
  expect(coordinator.lastMessage()).toSay('Ancora da risolvere: 1')

  await operator.says('richiesta risolvi R-2027-0001 rifatto')
  await operator.answers({})
  await moveTo('2027-02-20T09:00:00Z')
  expect((await january()).text).toBe(before.text)
  await coordinator.says('riepilogo febbraio')
  expect(coordinator.lastMessage()).toSay('Risolte: 1')
})

test('one that was withdrawn in time is promised a reply again', async () => {
  const { reuser, operator, coordinator, place, moveTo } = await community()
  await asks(reuser)
  await reuser.says('richiesta ritira R-2027-0001')
  await reuser.answers({ reason: 'non serve più' })
  await moveTo('2027-02-03T09:00:00Z')
  await reuser.says('richiesta riapri R-2027-0001')
  expect(cardNow(place('#laboratorio'))).toSay('Rispondere entro: giovedì 4 febbraio alle 11:00')
  await operator.says('richiesta scrivi R-2027-0001 ecco come si fa')
  await coordinator.says('riepilogo gennaio')
  expect(coordinator.lastMessage()).not.toSay('Prima risposta')
  await coordinator.says('riepilogo febbraio')
  expect(coordinator.lastMessage()).toSay('Prima risposta: 1 richiesta su 1 entro i tempi')
})

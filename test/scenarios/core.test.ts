import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { community, testInConsole, testOffMatrix } from '#test/support/community.ts'

test('who writes «aiuto» reads what she can do here', async () => {
  const { newcomer } = await community()

  await newcomer.says('aiuto')

  expect(newcomer.lastMessage()).toSay('Ecco che cosa puoi fare')
  expect(newcomer.lastMessage()).toSay('annulla: Lascia perdere le domande aperte.')
  // In parts, and with what is most wanted one press away.
  expect(newcomer.lastMessage()).toSay(/Buone pratiche\npratiche: [\s\S]*\nComunità, profilo e dati\nentra: /)
  expect(newcomer.lastMessage()).toOffer('core.run', 'communities.join')
  expect(newcomer.lastMessage()).not.toOffer('core.run', 'core.help')
  expect(newcomer.lastMessage()).not.toSay('Riepiloghi')
})

test('words that are no command get a short menu', async () => {
  const { newcomer } = await community()

  await newcomer.says('buongiorno a tutti')

  expect(newcomer.lastMessage()).toOffer('core.run', 'core.help')
})

test('the same event delivered twice is answered once', async () => {
  const { newcomer, moveTo } = await community()

  await newcomer.says('aiuto', { id: 'e7' })
  await newcomer.says('aiuto', { id: 'e7' })
  await moveTo('2027-01-11T09:01:00Z')
  await newcomer.says('aiuto', { id: 'e7' })

  expect(newcomer.messages()).toHaveLength(1)
})

testOffMatrix('in a place the answer is for her alone', async () => {
  const { reuser, place } = await community()

  await reuser.says('aiuto', { in: '#suape' })

  expect(reuser.lastMessage().onlyFor).toBe('reuser')
  expect(place('#suape').messages()).toHaveLength(0)
})

test('the same event delivered twice at the same moment is answered once', async () => {
  const { newcomer, moveTo } = await community()

  await Promise.all([newcomer.says('aiuto', { id: 'e7' }), newcomer.says('aiuto', { id: 'e7' })])
  await moveTo('2027-01-11T09:01:00Z')

  expect(newcomer.messages()).toHaveLength(1)
})

test('a file of 100 MB is refused with a sentence, in words and in a form', async () => {
  const { reuser } = await community()
  const file = join(mkdtempSync(join(tmpdir(), 'animatore-large-')), 'large.bin')
  writeFileSync(file, '')
  truncateSync(file, 100 * 1024 * 1024)

  await reuser.says('pratica importa', { file })
  expect(reuser.lastMessage()).toSay('Il file è troppo grande: al massimo 10 MB.')

  await reuser.says('richiesta')
  await reuser.answers({ event: 'reuser_support', need: 'Serve una mano', urgency: 'normal', file })
  expect(reuser.problems()).toEqual({ file: 'Il file è troppo grande: al massimo 10 MB.' })
})

test('every command is understood in both languages, however it is written', async () => {
  const { newcomer } = await community()

  for (const text of ['help', 'AIUTO', '  Aiuto!  ', '/oc aiuto', '!oc help', 'menu']) {
    await newcomer.says(text)
    expect(newcomer.lastMessage()).toSay('Ecco che cosa puoi fare')
  }
})

test('a refusal says who can', async () => {
  const { newcomer, supplier } = await community()

  await newcomer.says('richiesta')
  expect(newcomer.lastMessage()).toSay('chi fa parte di una comunità')
  await supplier.says('pratica proponi')
  expect(supplier.lastMessage()).toSay('chi fa parte di una comunità')
})

test('the administrator may do everything', async () => {
  const { administrator } = await community()

  await administrator.says('verifica apri')
  expect(administrator.lastMessage()).not.toSay('Questo può farlo')
})

test('a refusal tells to join only those whom joining would help', async () => {
  const { newcomer, reuser, supplier } = await community()
  await newcomer.says('pratica proponi')
  expect(newcomer.lastMessage()).toSay('scrivi entra')

  await reuser.says('riepilogo')
  expect(reuser.lastMessage()).toSay('Questo può farlo chi coordina una comunità. Scrivi aiuto')
  await supplier.says('lingua en')
  await supplier.says('practice propose')
  expect(supplier.lastMessage()).toSay('Write help to see what you can do.')
  expect(supplier.lastMessage()).not.toSay('join')
})

test('a file may come without a word', async () => {
  const { reuser, line } = await community()
  const path = join(mkdtempSync(join(tmpdir(), 'animatore-')), 'modulo.txt')
  writeFileSync(path, 'righe')
  await reuser.says('richiesta')
  await reuser.answers({ event: 'reuser_support', need: 'Serve una mano', urgency: 'low' })

  await line({ as: 'reuser', in: 'dm', file: path })

  expect(reuser.lastMessage()).toSay('La mando a R-2027-0001?')
})

testInConsole('a choice made up on a message that does not hold it leaves that message alone', async () => {
  const { reuser, provider, line, place, everything } = await community()
  await reuser.says('richiesta')
  await reuser.answers({ event: 'reuser_support', need: 'Serve una mano', urgency: 'low' })
  await reuser.says('aggiungo due righe')
  const send = reuser.lastMessage().choices![0]!
  const card = place('#laboratorio').messages()[0]!

  const [, shown] = await line({ as: 'reuser', choose: send.action, value: send.value, ref: card.ref })

  expect(shown).toMatchObject({ onlyFor: 'reuser' })
  expect(shown).toSay('Mandato a R-2027-0001.')
  expect(
    place('#laboratorio')
      .messages()
      .filter(({ ref }) => ref === card.ref),
  ).toHaveLength(1)

  // Pressed by ref where she cannot look: the answer is hers, and nothing more appears in the other conversation.
  await reuser.says('pratiche')
  const list = reuser.lastMessage()
  const before = everything().filter(({ to }) => to === 'dm:reuser').length
  await provider.picks(1, { ref: list.ref! })
  expect(provider.lastMessage()).toMatchObject({ to: 'dm:provider' })
  expect(everything().filter(({ to }) => to === 'dm:reuser')).toHaveLength(before)
})

test('an apostrophe stands for an accent that a keyboard does not have', async () => {
  const { reuser, newcomer } = await community()
  await reuser.says('comunità')
  const known = reuser.lastMessage().text

  for (const written of ["COMUNITA'", 'comunita’', "Comunita'?"]) {
    await reuser.says(written)
    expect(reuser.lastMessage().text).toBe(known)
  }
  await reuser.says("comunitt'a")
  expect(reuser.lastMessage()).toSay('Volevi scrivere comunità?')
  expect(reuser.lastMessage().choices?.[0]?.label).toBe('comunità')

  await newcomer.says('entra suape')
  await newcomer.presses('communities.begin', 'suape')
  await newcomer.answers({ organization: 'Città di Castello', role: 'Sportello', introduce: 'no' })
  await newcomer.says('profilo modifica')
  const found = await newcomer.searches('organization', "CITTA' DI CASTELLO")
  expect(found.map(({ label }) => label)).toEqual(['Città di Castello'])
})

test('a command with letters out of place is offered as it is written, with what followed', async () => {
  const { reuser, newcomer, supplier } = await community()
  await reuser.says('partiche sportello')
  expect(reuser.lastMessage()).toSay('Volevi scrivere pratiche?')
  expect(reuser.lastMessage().choices).toMatchObject([{ label: 'pratiche sportello' }, { value: 'core.help' }])
  await reuser.picks(1)
  expect(reuser.lastMessage()).toSay('Ho trovato una pratica per «sportello».')

  await newcomer.says('lingua en')
  await newcomer.says('entar suape')
  expect(newcomer.lastMessage()).toSay('Did you mean entra?')
  await newcomer.picks(1)
  expect(newcomer.lastMessage()).toOffer('communities.begin', 'suape')

  // Not what she may not do, and not in the middle of what she says.
  await supplier.says('richeista')
  expect(supplier.lastMessage()).not.toSay('richiesta')
  await reuser.says('ci sentiamo domani mattina per le partiche nuove, va bene?')
  expect(reuser.lastMessage()).toSay('Da dove cominciamo?')
})

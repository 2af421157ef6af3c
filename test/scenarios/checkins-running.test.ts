import { expect, test } from 'vitest'
import { AFTER_CLOSE, AFTER_OPENING, answer, asked, lines, monthly, six } from '#test/support/checkins.ts'
import { community } from '#test/support/community.ts'
import { idOf } from '#test/support/programme.ts'

test('«verifica» shows the state by line, and what is hers', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await answer(bot.coordinator, 'L1T', { status: 'green' })
  await answer(bot.reuser, 'L2T', { status: 'amber' })

  // Answered: L1T and L2T, of six. L1T with A1 and A2 is three things; L2T alone, because nobody owns A4.
  await bot.coordinator.says('verifica')
  expect(lines(bot.coordinator.lastMessage())).toEqual([
    'La verifica di gennaio 2027 è aperta fino a martedì 9 febbraio alle 18:00.',
    'Risposte: 2 su 6.',
    'L1T Gestione: 1 su 3. Da completare: A1 e A2',
    'L2T Comunicazione: 1 su 1',
    'Riusi: 0 su 1. Da completare: P-0077',
    'Rischi: 0 su 1. Da completare: R3',
    'Le tue voci',
    '• L1T Gestione: verde',
    '• A1 Regia: manca la risposta',
    'Chi coordina può spostare la chiusura anche a un giorno preciso: verifica estendi 15/03/2027.',
  ])
  expect(bot.coordinator.lastMessage()).toOffer('core.run', 'checkins.extend')
  expect(bot.coordinator.lastMessage()).toOffer('core.run', 'checkins.close')
  await bot.reuser.says('check-in')
  expect(bot.reuser.lastMessage()).not.toOffer('core.run', 'checkins.close')

  await bot.moveTo(AFTER_CLOSE)
  await bot.reuser.says('verifica')
  expect(bot.reuser.lastMessage()).toSay('La verifica di gennaio 2027 si è chiusa martedì 9 febbraio alle 18:00.')
})

test('a coordinator starts it early; its own day asks nobody twice', async () => {
  const bot = await community({ at: '2027-01-20T09:00:00Z', prepare: six() })

  // The seventh working day of January, the 13th, is past: what can be started is January itself.
  await bot.coordinator.says('verifica apri')
  expect(bot.coordinator.lastMessage()).toSay(
    'La verifica di gennaio 2027 si apre da sola lunedì 1 febbraio alle 9:00. La apro già adesso?',
  )
  expect(asked(bot.reuser)).toHaveLength(0)
  await bot.coordinator.presses('checkins.openNow', '2027-01')
  expect(bot.coordinator.told('Ho aperto')).toSay(
    'Ho aperto la verifica di gennaio 2027 e ho scritto a 3 persone. Resta aperta fino a martedì 9 febbraio alle 18:00.',
  )
  await bot.coordinator.says('checkin open')
  expect(bot.coordinator.lastMessage()).toSay('La verifica di gennaio 2027 è già aperta')
  await bot.moveTo(AFTER_OPENING)
  expect(asked(bot.reuser)).toHaveLength(1)

  await bot.reuser.says('verifica apri')
  expect(bot.reuser.lastMessage()).toSay('Questo può farlo chi coordina una comunità.')
})

test('a coordinator extends it: answers are in time until then, and the digest waits', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)

  // Three working days after Tuesday 9 are Friday 12.
  await bot.coordinator.says('verifica estendi')
  expect(bot.coordinator.lastMessage()).toSay('resta aperta fino a venerdì 12 febbraio alle 18:00')
  expect(bot.reuser.lastMessage()).toSay('fino a venerdì 12 febbraio alle 18:00')
  await bot.coordinator.says('verifica estendi 16/02/2027')
  await bot.moveTo('2027-02-15T12:00:00Z')
  await answer(bot.reuser, 'A2', { status: 'green' })
  expect(bot.reuser.lastMessage()).toSay('Puoi cambiare la risposta fino a martedì 16 febbraio alle 18:00.')
  expect(monthly(bot)).toHaveLength(0)

  await bot.moveTo('2027-02-16T17:05:00Z')
  expect(monthly(bot)).toHaveLength(1)
  expect(monthly(bot)[0]).toSay('Risposte: 1 su 6.')
})

test('who asks twice for more time, or after somebody else, is told what was decided and can move it further', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await bot.coordinator.says('verifica')
  const shown = bot.coordinator.lastMessage()
  await bot.coordinator.presses('core.run', 'checkins.extend', shown)
  expect(bot.coordinator.lastMessage()).toSay('resta aperta fino a venerdì 12 febbraio alle 18:00')

  await bot.coordinator.presses('core.run', 'checkins.extend', shown)
  expect(bot.coordinator.lastMessage()).toSay(
    'La verifica di gennaio 2027 è già stata spostata: resta aperta fino a venerdì 12 febbraio alle 18:00.',
  )
  await bot.administrator.says('verifica estendi')
  const offer = bot.administrator.lastMessage()
  expect(offer.choices?.map(({ label }) => label)).toEqual(['La sposto ancora, a mercoledì 17 febbraio'])

  for (const _ of ['once', 'twice']) {
    await bot.administrator.presses('checkins.extend', '2027-02-17', offer)
    expect(bot.administrator.lastMessage()).toSay('resta aperta fino a mercoledì 17 febbraio alle 18:00')
  }
  await bot.coordinator.says('verifica estendi 7 giorni')
  expect(bot.coordinator.lastMessage()).toSay('fino a venerdì 26 febbraio alle 18:00')
  await bot.coordinator.says('verifica estendi')
  expect(bot.coordinator.lastMessage().choices ?? []).toEqual([])
})

test('an extension that cannot be is explained', async () => {
  const bot = await community({ prepare: six({ people: { coordinator: { locale: 'en' } } }) })
  await bot.coordinator.says('checkin extend')
  expect(bot.coordinator.lastMessage()).toSay('No check-in is open now.')
  await bot.moveTo(AFTER_OPENING)

  await bot.coordinator.says('checkin extend some other time')
  expect(bot.coordinator.lastMessage()).toSay("I can't read “some other time”. Write checkin extend 3 working days")
  await bot.coordinator.says('checkin extend 05/02/2027')
  expect(bot.coordinator.lastMessage()).toSay('must come after the present one')
  await bot.coordinator.says('checkin extend 01/03/2027')
  expect(bot.coordinator.lastMessage()).toSay('too far')
  await bot.coordinator.says('checkin extend 2 working days')
  expect(bot.coordinator.lastMessage()).toSay('stays open until Thursday 11 February at 18:00')
})

test('a coordinator closes it, after a question; the digest follows at once', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)

  await bot.coordinator.says('verifica chiudi')
  expect(bot.coordinator.lastMessage()).toSay('Mancano ancora 6 risposte.')
  expect(monthly(bot)).toHaveLength(0)
  const question = bot.coordinator.lastMessage()
  await bot.coordinator.presses('checkins.closeNow', '2027-01', question)
  expect(bot.coordinator.lastMessage()).toSay('Ho chiuso la verifica di gennaio 2027.')
  expect(monthly(bot)).toHaveLength(1)
  expect(bot.reuser.lastMessage()).toMatchObject({ ref: asked(bot.reuser)[0]!.ref, edit: true })
  expect(bot.reuser.lastMessage()).toSay('La verifica di gennaio 2027 è chiusa.')

  await bot.coordinator.presses('checkins.closeNow', '2027-01', question)
  expect(bot.coordinator.lastMessage()).toSay(
    "Ora non c'è una verifica aperta. La prossima, di febbraio 2027, si apre da sola lunedì 1 marzo alle 9:00.",
  )
  expect(bot.coordinator.lastMessage().choices?.map(({ label }) => label)).toEqual([
    'Apro la verifica di febbraio 2027',
  ])
  await bot.coordinator.presses('core.run', 'checkins.open')
  expect(bot.coordinator.lastMessage()).toSay('La verifica di febbraio 2027 si apre da sola lunedì 1 marzo alle 9:00.')
  await bot.coordinator.says('verifica apri adesso')
  expect(bot.coordinator.told('Ho aperto')).toSay('Ho aperto la verifica di febbraio 2027')
  await bot.coordinator.presses('checkins.closeNow', '2027-01', question)
  expect(bot.coordinator.lastMessage()).toSay('Chiudo la verifica di febbraio 2027? Mancano ancora 6 risposte.')
  await bot.coordinator.says('checkin close now')
  expect(monthly(bot)).toHaveLength(2)
  await bot.moveTo(AFTER_CLOSE)
  expect(monthly(bot)).toHaveLength(2)
})

test('the digests name no person and repeat no free text', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await answer(bot.reuser, 'A2', { status: 'red', done: 'Parola segreta', blocks: 'Altra parola' })
  await bot.operator.says('verifica rischio R3')
  await bot.operator.answers({ likelihood: '1', impact: '1', change: 'Terza parola' })
  await bot.moveTo(AFTER_CLOSE)

  const [digest] = monthly(bot)
  expect(digest!.text).not.toMatch(/parola/i)
  const names = await bot.read(async tx =>
    Promise.all(['reuser', 'operator', 'coordinator'].map(each => idOf(tx, each))),
  )
  for (const name of names) expect(digest!.text).not.toContain(name)
})

test('more words after a command that stands alone change nothing', async () => {
  const bot = await community({ at: '2027-01-20T09:00:00Z', prepare: six() })
  await bot.coordinator.says('verifica apri le finestre')
  expect(bot.coordinator.lastMessage()).toSay('Non so che fare di «le finestre».')
  expect(asked(bot.reuser)).toHaveLength(0)
})

test('what a coordinator alone can do is offered to coordinators alone, and while it can be done', async () => {
  const bot = await community()
  await bot.reuser.says('verifica salta')
  expect(bot.reuser.lastMessage()).not.toOffer('core.run', 'checkins.open')
  await bot.coordinator.says('verifica salta')
  expect(bot.coordinator.lastMessage()).toOffer('core.run', 'checkins.open')

  await bot.moveTo('2027-02-01T09:00:00Z')
  await bot.coordinator.says('verifica')
  expect(bot.coordinator.lastMessage()).toSay('verifica estendi 15/03/2027')
  await bot.moveTo('2027-02-10T09:00:00Z')
  await bot.coordinator.says('verifica')
  expect(bot.coordinator.lastMessage()).not.toSay('verifica estendi')
})

import { expect, test } from 'vitest'
import { AFTER_CLOSE, AFTER_OPENING, answer, lines, monthly, six, weekly } from '#test/support/checkins.ts'
import { community } from '#test/support/community.ts'

test('every Monday at half past eight: the week before, in one line when nothing happened', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo('2027-01-25T07:29:00Z')
  const before = weekly(bot).length
  await bot.moveTo('2027-01-25T07:31:00Z')

  expect(weekly(bot)).toHaveLength(before + 1)
  expect(lines(weekly(bot).at(-1)!)).toEqual([
    'Riepilogo della settimana, da lunedì 18 gennaio a domenica 24 gennaio',
    'In questa settimana non ci sono novità.',
  ])
})

test('the week says what happened in it, and only once', async () => {
  // SUAPE was published, and Perugia began to reuse it, on Monday 11 January at ten: the next digest tells it.
  const bot = await community({ prepare: six() })
  await bot.moveTo('2027-01-25T07:31:00Z')

  const [first, second, ...more] = weekly(bot)
  expect(more).toHaveLength(0)
  expect(first).toSay('da lunedì 11 gennaio a domenica 17 gennaio')
  expect(first).toSay('P-0077')
  expect(second!.text).not.toContain('P-0077')
})

test('a Monday that is a holiday: the same week, told on Tuesday', async () => {
  // Easter Monday is 29 March 2027; summer time began the day before, so half past eight is 06:30 UTC.
  const bot = await community({ at: '2027-03-23T09:00:00Z', prepare: six() })
  await bot.moveTo('2027-03-30T06:29:00Z')
  expect(weekly(bot)).toHaveLength(0)
  await bot.moveTo('2027-03-30T06:31:00Z')
  expect(weekly(bot)).toHaveLength(1)
  expect(weekly(bot)[0]).toSay('da lunedì 22 marzo a domenica 28 marzo')

  await bot.moveTo('2027-04-05T06:31:00Z')
  expect(weekly(bot)).toHaveLength(2)
  expect(weekly(bot)[1]).toSay('da lunedì 29 marzo a domenica 4 aprile')
})

test('on the patron feast of the place it waits for the next working day', async () => {
  const bot = await community({ prepare: six({ coordination: { feast: '02-09' } }) })
  await bot.moveTo('2027-02-10T16:55:00Z')
  expect(monthly(bot)).toHaveLength(0)
  await bot.moveTo('2027-02-10T17:05:00Z')
  expect(monthly(bot)).toHaveLength(1)
})

test('without a place for coordinators, each of them gets it', async () => {
  const bot = await community({ prepare: six({ coordination: false, people: { coordinator: { locale: 'en' } } }) })
  await bot.moveTo(AFTER_CLOSE)
  expect(bot.coordinator.lastMessage()).toSay('Digest of January 2027')
  expect(bot.reuser.messages().some(({ text }) => text.includes('Riepilogo'))).toBe(false)
})

test('one that comes late says so, and tells the latest week only', async () => {
  const before = await community({ prepare: six() })
  await before.close()
  const bot = await community({ db: before.db, at: '2027-01-26T12:00:00Z', prepare: async () => {} })
  await bot.moveTo('2027-01-26T12:05:00Z')
  expect(weekly(bot)).toHaveLength(1)
  expect(weekly(bot)[0]).toSay(
    'da lunedì 18 gennaio a domenica 24 gennaio\nArriva in ritardo: il servizio è rimasto fermo.',
  )
})

test('the month is told once, also when it was extended and closed by hand', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await bot.coordinator.says('verifica estendi 15/02/2027')
  await bot.moveTo('2027-02-11T09:00:00Z')
  await bot.coordinator.says('verifica chiudi adesso')
  await bot.moveTo('2027-02-28T09:00:00Z')
  expect(monthly(bot)).toHaveLength(1)
  expect(monthly(bot)[0]!.text).not.toContain('Arriva in ritardo')
})

test('«riepilogo» shows the last closed month, any month, or last week', async () => {
  const bot = await community({ prepare: six() })
  await bot.coordinator.says('riepilogo')
  expect(bot.coordinator.lastMessage()).toSay('Riepilogo di dicembre 2026')
  await bot.moveTo(AFTER_OPENING)
  await answer(bot.reuser, 'A2', { status: 'amber' })
  await bot.moveTo('2027-02-12T09:00:00Z')

  await bot.coordinator.says('riepilogo')
  expect(bot.coordinator.lastMessage()).toSay('Riepilogo di gennaio 2027\nVerifica del mese. Risposte: 1 su 6.')
  expect(bot.coordinator.lastMessage()).toOffer('digests.show', '2026-12')
  await bot.coordinator.presses('digests.show', 'week')
  expect(bot.coordinator.lastMessage()).toSay('da lunedì 1 febbraio a domenica 7 febbraio')
  await bot.coordinator.says('digest week')
  expect(bot.coordinator.lastMessage()).toSay('da lunedì 1 febbraio a domenica 7 febbraio')
  await bot.coordinator.says('riepilogo 2027-02')
  expect(bot.coordinator.lastMessage()).toSay('Il mese non è finito: ecco quello che è successo finora.')
  await bot.coordinator.says('riepilogo marzo 2027')
  expect(bot.coordinator.lastMessage()).toSay('Il mese di marzo 2027 deve ancora cominciare')
  await bot.coordinator.says('riepilogo *boh*')
  expect(bot.coordinator.lastMessage()).toSay('Non riesco a leggere il mese «*boh*».')
})

test('it is for coordinators, and a refusal says so', async () => {
  const bot = await community({ prepare: six({ people: { supplier: { locale: 'en' } } }) })
  await bot.reuser.says('riepilogo')
  expect(bot.reuser.lastMessage()).toSay('Questo può farlo chi coordina una comunità.')
  await bot.supplier.says('digest')
  expect(bot.supplier.lastMessage()).toSay('This is for whoever coordinates a community.')
  await bot.administrator.says('digest January')
  expect(bot.administrator.lastMessage()).toSay('Riepilogo di gennaio 2027')
})

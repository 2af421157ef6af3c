import { expect, test } from 'vitest'
import { answersOf, skipsOf } from '#src/features/checkins/store.ts'
import { AFTER_NEXT_OPENING, AFTER_OPENING, asked, six } from '#test/support/checkins.ts'
import { community, testOffMatrix } from '#test/support/community.ts'

testOffMatrix('a button of a month that is over changes nothing of the next', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  const january = asked(bot.reuser).at(-1)!.ref!
  await bot.moveTo(AFTER_NEXT_OPENING)

  await bot.reuser.presses('checkins.answer', '2027-01/action:A2', { ref: january })
  expect(bot.reuser.lastMessage()).toSay('La verifica di gennaio 2027 è finita. Ora si risponde per febbraio 2027.')
  await bot.reuser.presses('checkins.answer', '2027-02/action:A2')
  expect(bot.reuser.form().name).toBe('checkins.answer')
  await bot.reuser.presses('checkins.skip', '2027-01', { ref: january })
  expect(bot.reuser.lastMessage()).toSay('La verifica di gennaio 2027 è finita')
  expect(await bot.read(tx => skipsOf(tx, '2027-02'))).toEqual([])
})

test('what is sent in a form that was opened for a month is about that month', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo('2027-03-01T07:50:00Z')
  await bot.reuser.says('verifica rispondi A2')
  await bot.moveTo(AFTER_NEXT_OPENING)
  await bot.reuser.answers({ status: 'red', done: 'correggo gennaio' })
  expect(bot.reuser.lastMessage()).toSay('Ho salvato A2 Tavoli: rosso')
  expect(bot.reuser.lastMessage()).not.toSay('Ti mancano')
  expect(bot.reuser.lastMessage().choices ?? []).toEqual([])
  expect(await bot.read(tx => answersOf(tx, '2027-01'))).toMatchObject([{ item: 'A2', status: 'red', late: true }])
  expect(await bot.read(tx => answersOf(tx, '2027-02'))).toEqual([])
})

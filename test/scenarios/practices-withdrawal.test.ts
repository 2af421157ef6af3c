import { expect, test } from 'vitest'
import { AFTER_OPENING, AFTER_THIRD_DAY } from '#test/support/checkins.ts'
import { community } from '#test/support/community.ts'
import { aSmallProgramme } from '#test/support/programme.ts'
import '#test/support/matchers.ts'

// Perugia reuses P-0077, and the reuser answers for that and for nothing else; Terni provides it.
const onlyHerReuse = aSmallProgramme({ adoption: 'reuser' })

test('who reuses a practice hears that it was withdrawn and why, and may go on', async () => {
  const bot = await community({ prepare: onlyHerReuse })

  await bot.provider.says('pratica ritira P-0077 La legge è cambiata.')

  expect(bot.provider.lastMessage()).toSay('Chi la segue legge il tuo perché.')
  expect(bot.reuser.lastMessage()).toSay(/ritirata P-0077.*La legge è cambiata\..*potete andare avanti/s)
  await bot.reuser.says('riusi')
  expect(bot.reuser.lastMessage()).toSay('P-0077 · SUAPE, ritirata: In installazione')
  await bot.reuser.says('riusi avanza P-0077')
  expect(bot.reuser.lastMessage()).toSay(/Comune di Perugia usa P-0077.*Questa pratica è stata ritirata\./s)
})

test('the check-in asks no more about what was withdrawn, and an older button says so', async () => {
  const bot = await community({ prepare: onlyHerReuse })
  await bot.moveTo(AFTER_OPENING)
  const prompt = bot.reuser.lastMessage()
  await bot.moveTo(AFTER_THIRD_DAY)
  const reminder = bot.reuser.lastMessage()

  await bot.provider.says('pratica ritira P-0077 La legge è cambiata.')

  const redrawn = bot.reuser.messages().findLast(({ ref }) => ref === prompt.ref)
  expect(redrawn).toSay('ora non ti riguarda nessuna voce')
  expect(redrawn?.choices ?? []).toEqual([])
  await bot.reuser.presses('checkins.answer', undefined, reminder)
  expect(bot.reuser.lastMessage()).toSay('Questa voce non è più nella verifica')
  expect(bot.reuser.lastMessage()).not.toSay('adoption:')
})

test('who has not been asked yet is not told that nothing is asked of her', async () => {
  const bot = await community({ prepare: onlyHerReuse })
  await bot.reuser.says('pausa fino al 5 febbraio')
  await bot.moveTo(AFTER_OPENING)
  await bot.provider.says('pratica ritira P-0077 La legge è cambiata.')
  await bot.moveTo('2027-02-05T12:00:00Z')
  expect(bot.reuser.lastMessage()).toSay('La legge è cambiata.')
  expect(bot.reuser.messages().filter(({ text }) => text.includes('erifica di gennaio'))).toEqual([])
})

test('who withdraws what her own organization reuses is not told by herself', async () => {
  const bot = await community({ prepare: aSmallProgramme({ adoption: 'coordinator' }) })

  await bot.coordinator.says('pratica ritira P-0077 La legge è cambiata.')

  expect(bot.coordinator.messages()).toHaveLength(1)
})

import { expect, test } from 'vitest'
import { AFTER_CLOSE, AFTER_OPENING, AFTER_THIRD_DAY, answer, asked, reminders, six } from '#test/support/checkins.ts'
import { community } from '#test/support/community.ts'

const PAUSE_IS_OVER = '2027-02-08T08:05:00Z'

/** She was asked, and then took a pause over both days of reminders. */
async function paused() {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await bot.reuser.says('pausa fino al 6 febbraio')
  return bot
}

test('after a pause, one reminder of what is missing by then', async () => {
  const bot = await paused()
  await answer(bot.reuser, 'L2T', { status: 'green' })
  expect(reminders(bot.reuser)).toHaveLength(0)
  await bot.moveTo(PAUSE_IS_OVER)
  expect(reminders(bot.reuser)).toHaveLength(1)
  expect(reminders(bot.reuser)[0]?.text).toContain('mancano ancora 2 tue risposte')
  await bot.moveTo(AFTER_CLOSE)
  expect(reminders(bot.reuser)).toHaveLength(1)
})

test('after a pause, none where she has had it enough', async () => {
  const bot = await paused()
  await bot.moveTo(AFTER_THIRD_DAY)
  await bot.reuser.says('verifica salta')
  await bot.moveTo(PAUSE_IS_OVER)
  expect(reminders(bot.reuser)).toHaveLength(0)
})

test('who is asked only after a pause is not reminded at the same time', async () => {
  const bot = await community({ prepare: six() })
  await bot.reuser.says('pausa fino al 6 febbraio')
  await bot.moveTo(PAUSE_IS_OVER)
  expect(asked(bot.reuser)).toHaveLength(1)
  expect(reminders(bot.reuser)).toHaveLength(0)
})

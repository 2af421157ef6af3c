import { expect, test } from 'vitest'
import { AFTER_CLOSE, AFTER_OPENING, AFTER_THIRD_DAY, labels, lines, six } from '#test/support/checkins.ts'
import { community } from '#test/support/community.ts'

const people = Object.fromEntries(['reuser', 'coordinator', 'operator'].map(person => [person, { locale: 'en' }]))

test('the whole check-in, in English', async () => {
  const bot = await community({ prepare: six({ people }) })
  const { reuser, coordinator, operator } = bot

  await bot.moveTo(AFTER_OPENING)
  expect(lines(reuser.lastMessage())).toEqual([
    'The check-in for January 2027 is open. 3 things are yours: two minutes each will do. You can answer until Tuesday 9 February at 18:00.',
    'A2 Tavoli: no answer yet',
    'L2T Comunicazione: no answer yet',
    'P-0077 SUAPE · Comune di Perugia: no answer yet',
  ])
  expect(labels(reuser.lastMessage())).toEqual(['Answer for A2', 'Answer for L2T', 'Answer for P-0077', 'Skip'])

  await reuser.says('checkin answer A2')
  expect(reuser.form().title).toBe('How is it going? · A2')
  expect(reuser.form().fields[0]!.options!.map(({ label }) => label)).toEqual([
    'Green: on track',
    'Amber: slipping, but there is a plan',
    'Red: cannot recover without help',
  ])
  await reuser.answers({ status: 'red', support: 'yes' })
  expect(lines(reuser.lastMessage())).toEqual([
    'Saved. A2 Tavoli: red.',
    'You can change your answer until Tuesday 9 February at 18:00.',
    'Need support? Open a request to the laboratory.',
    '2 are left: L2T and P-0077.',
  ])

  await operator.says('checkin risk R3')
  await operator.answers({ likelihood: '1', impact: '5' })
  expect(operator.lastMessage()).toSay('Saved. R3 Interessi diversi: likelihood 1, impact 5.')
  expect(operator.lastMessage()).toSay('Nothing else is missing for January 2027. Thank you!')

  await bot.moveTo(AFTER_THIRD_DAY)
  expect(lines(reuser.lastMessage())).toEqual([
    '2 answers of yours are still missing for January 2027: L2T and P-0077. You can answer until Tuesday 9 February at 18:00.',
    'Two minutes will do. If this month is not needed, press Skip.',
  ])
  await reuser.presses('checkins.skip')
  expect(reuser.lastMessage()).toSay('All right: no more reminders for January 2027.')

  await coordinator.says('checkin')
  expect(coordinator.lastMessage()).toSay('Answers: 2 of 6.\nL1T Gestione: 1 of 3. Missing: L1T and A1')
  expect(labels(coordinator.lastMessage()).slice(-2)).toEqual(['Give three more working days', 'Close the check-in'])
  await coordinator.says('checkin close')
  expect(coordinator.lastMessage()).toSay('4 answers are still missing.')

  await bot.moveTo(AFTER_CLOSE)
  await reuser.says('checkin answer L2T')
  await reuser.answers({ status: 'green' })
  expect(reuser.lastMessage()).toSay('is already closed: your answer is kept and marked as late.')
})

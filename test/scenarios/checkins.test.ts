import { expect, test } from 'vitest'
import { periods } from '#src/features/checkins/store.ts'
import {
  AFTER_CLOSE,
  AFTER_FIFTH_DAY,
  AFTER_NEXT_OPENING,
  AFTER_OPENING,
  AFTER_THIRD_DAY,
  answer,
  asked,
  labels,
  lines,
  reminders,
  six,
} from '#test/support/checkins.ts'
import { community } from '#test/support/community.ts'
import { aSmallProgramme } from '#test/support/programme.ts'

test('who owns something gets one message, on the first working day at nine', async () => {
  const bot = await community({ prepare: six() })

  await bot.moveTo('2027-02-01T07:59:00Z')
  expect(asked(bot.reuser)).toHaveLength(0)
  await bot.moveTo(AFTER_OPENING)

  const [prompt, ...more] = asked(bot.reuser)
  expect(more).toHaveLength(0)
  expect(lines(prompt!)).toEqual([
    "È aperta la verifica di gennaio 2027. Ti riguardano 3 voci: bastano due minuti l'una. Puoi rispondere fino a martedì 9 febbraio alle 18:00.",
    'A2 Tavoli: manca la risposta',
    'L2T Comunicazione: manca la risposta',
    'P-0077 SUAPE · Comune di Perugia: manca la risposta',
  ])
  expect(prompt).toOffer('checkins.answer', '2027-01/action:A2')
  expect(prompt).toOffer('checkins.answer', '2027-01/line:L2T')
  expect(prompt).toOffer('checkins.answer', '2027-01/adoption:adoption-perugia')
  expect(prompt).toOffer('checkins.skip')
  expect(bot.coordinator.lastMessage()).toSay('L1T Gestione')
  expect(bot.operator.lastMessage()).toOffer('checkins.review', '2027-01/risk:R3')
  expect(asked(bot.provider)).toHaveLength(0)
  expect(asked(bot.supplier)).toHaveLength(0)
})

test('the prompt comes at nine where she lives, and it is about the same month everywhere', async () => {
  // On 1 February nine o'clock is 20:00 UTC of the day before in Auckland, 08:00 in Rome, 14:00 in New York.
  const people = { operator: { timezone: 'Pacific/Auckland' }, reuser: { timezone: 'America/New_York' } }
  const bot = await community({ prepare: six({ people }) })

  await bot.moveTo('2027-01-31T20:05:00Z')
  expect(asked(bot.operator)).toHaveLength(1)
  expect(bot.operator.lastMessage()).toSay('gennaio 2027')
  expect(asked(bot.coordinator)).toHaveLength(0)

  await bot.moveTo('2027-02-01T13:55:00Z')
  expect(asked(bot.coordinator)).toHaveLength(1)
  expect(asked(bot.reuser)).toHaveLength(0)

  await bot.moveTo('2027-02-01T14:05:00Z')
  expect(asked(bot.reuser)).toHaveLength(1)
  expect(asked(bot.reuser)[0]).toSay('gennaio 2027')
  expect(await bot.read(periods)).toHaveLength(1)
})

test('a month that begins with a holiday opens on the first working day', async () => {
  // 1 May 2027 is a holiday and a Saturday: April opens on Monday 3 and closes on Tuesday 11. Rome is two hours ahead.
  const bot = await community({ at: '2027-04-20T09:00:00Z', prepare: six() })

  await bot.moveTo('2027-05-03T06:55:00Z')
  expect(asked(bot.reuser)).toHaveLength(0)
  await bot.moveTo('2027-05-03T07:05:00Z')

  expect(asked(bot.reuser)[0]).toSay('aprile 2027')
  expect(asked(bot.reuser)[0]).toSay('martedì 11 maggio alle 18:00')
})

test('before the opening it says when it opens', async () => {
  const bot = await community({ prepare: six({ people: { operator: { locale: 'en' } } }) })

  await bot.reuser.says('verifica rispondi L2T')
  expect(bot.reuser.lastMessage()).toSay('La verifica di gennaio 2027 si apre lunedì 1 febbraio alle 9:00.')
  await bot.operator.says('checkin')
  expect(bot.operator.lastMessage()).toSay('The check-in for January 2027 opens on Monday 1 February at 9:00.')
})

test('all answers given: thanks, and no reminder', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)

  await answer(bot.reuser, 'A2', { status: 'green' })
  await answer(bot.reuser, 'l2t', { status: 'green' })
  await answer(bot.reuser, 'P-0077', { status: 'green' })
  expect(bot.reuser.lastMessage()).toSay('Per gennaio 2027 non manca altro. Grazie!')
  expect(bot.reuser.messages().findLast(({ edit }) => edit)).toSay('hai risposto a tutto')
  await bot.moveTo(AFTER_CLOSE)

  expect(reminders(bot.reuser)).toHaveLength(0)
})

test('reminders come on the third and the fifth working day, for what is missing', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await answer(bot.reuser, 'A2', { status: 'green' })

  await bot.moveTo('2027-02-03T07:59:00Z')
  expect(reminders(bot.reuser)).toHaveLength(0)
  await bot.moveTo(AFTER_THIRD_DAY)
  expect(reminders(bot.reuser)).toHaveLength(1)
  expect(bot.reuser.lastMessage()).toSay('mancano ancora 2 tue risposte: L2T e P-0077.')
  expect(bot.reuser.lastMessage()).toOffer('checkins.skip')
  await bot.moveTo(AFTER_FIFTH_DAY)
  expect(reminders(bot.reuser)).toHaveLength(2)
  await bot.moveTo(AFTER_CLOSE)
  expect(reminders(bot.reuser)).toHaveLength(2)
})

test('«Salta» ends the reminders of the month, not the answers; the next month asks again', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)

  await bot.reuser.presses('checkins.skip')
  expect(bot.reuser.lastMessage()).toSay('non ti mando altri promemoria')
  await bot.operator.says('checkin skip')
  await bot.moveTo(AFTER_FIFTH_DAY)
  expect(reminders(bot.reuser)).toHaveLength(0)
  expect(reminders(bot.operator)).toHaveLength(0)
  expect(reminders(bot.coordinator)).toHaveLength(2)

  await answer(bot.reuser, 'A2', { status: 'red' })
  expect(bot.reuser.lastMessage()).toSay('Ho salvato A2 Tavoli: rosso.')
  await bot.moveTo(AFTER_NEXT_OPENING)
  expect(asked(bot.reuser)).toHaveLength(2)
})

test('more than fifteen things still fit in one message, with a button for each', async () => {
  const many = Array.from({ length: 16 }, (_, at) => ({
    id: `A${at + 1}`,
    kind: 'action' as const,
    line: 'L1',
    owner: 'reuser',
  }))
  const bot = await community({ prepare: aSmallProgramme({ items: [{ id: 'L1', kind: 'line' }, ...many] }) })
  await bot.moveTo(AFTER_OPENING)
  await answer(bot.reuser, 'A16', { status: 'green' })
  await bot.moveTo(AFTER_THIRD_DAY)
  expect(labels(bot.reuser.lastMessage())).toEqual([
    'Rispondo per A1',
    'Rispondo per A2',
    'Rispondo per A3',
    'Mostra tutte le voci',
    'Salta',
  ])
  await bot.reuser.presses('core.run', 'checkins.answer')
  expect(labels(bot.reuser.lastMessage())).toHaveLength(17)
  await bot.moveTo(AFTER_NEXT_OPENING)

  const prompt = bot.reuser.lastMessage()
  expect(prompt).toSay('• A16 Voce A16: manca la risposta. Il mese scorso: verde')
  expect(labels(prompt)).toHaveLength(18) // sixteen, one as last month, «Salta»
  expect(prompt).toOffer('checkins.same', '2027-02/action:A16')
})

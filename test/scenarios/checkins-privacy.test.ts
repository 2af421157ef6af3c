import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { answersOf, programmeItems, reviewsOf } from '#src/features/checkins/store.ts'
import { AFTER_OPENING, AFTER_THIRD_DAY, answer, asked, six } from '#test/support/checkins.ts'
import { community } from '#test/support/community.ts'

test('her export holds what she owns, answered and reviewed', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await answer(bot.reuser, 'A2', { status: 'amber', done: 'Primo tavolo' })

  await bot.reuser.says('privacy esporta')
  const file = bot.reuser.messages().findLast(message => message.file)?.file?.file
  const told = JSON.parse(readFileSync(file ?? '', 'utf8'))
  expect(told.checkins.owns.map(({ id }: { id: string }) => id)).toEqual(['A2', 'L2T'])
  expect(told.checkins.answers).toMatchObject([
    { period: '2027-01', item: 'A2', status: 'amber', done: 'Primo tavolo' },
  ])
})

test('forgotten: her words are gone, the status stays, and what was hers is nobody’s', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await answer(bot.reuser, 'A2', { status: 'amber', done: 'Primo tavolo', next: 'Secondo', blocks: 'Date' })
  await bot.reuser.presses('checkins.skip')
  await answer(bot.operator, 'R3', { likelihood: '2', impact: '2', change: 'Parola mia' })

  for (const person of [bot.reuser, bot.operator]) {
    await person.says('privacy cancella')
    await person.says('privacy cancella conferma')
  }

  expect(await bot.read(tx => answersOf(tx, '2027-01'))).toMatchObject([
    { item: 'A2', status: 'amber', done: null, next: null, blocks: null, by: null },
  ])
  expect(await bot.read(tx => reviewsOf(tx, '2027-01'))).toMatchObject([
    { likelihood: 2, impact: 2, change: null, by: null },
  ])
  const owned = (await bot.read(programmeItems)).filter(({ owner }) => owner !== null)
  expect(owned.map(({ id }) => id)).toEqual(['L1T', 'A1'])

  // Still asked: L1T and A1 of the coordinator. A2 and R3 were answered, and count.
  await bot.coordinator.says('verifica')
  expect(bot.coordinator.lastMessage()).toSay('Risposte: 2 su 4.')
  const before = bot.reuser.messages().length
  await bot.moveTo(AFTER_THIRD_DAY)
  expect(bot.reuser.messages()).toHaveLength(before)
})

test('who has no role but answers for something can do all of it, also by command', async () => {
  const bot = await community({
    prepare: six({ extra: [{ id: 'A3', kind: 'action', line: 'L1T', owner: 'newcomer' }] }),
  })
  await bot.moveTo(AFTER_OPENING)
  expect(asked(bot.newcomer)).toHaveLength(1)

  await bot.newcomer.says('aiuto')
  expect(bot.newcomer.lastMessage()).toSay('verifica rispondi')
  expect(bot.newcomer.lastMessage()).not.toSay('verifica chiudi')
  await answer(bot.newcomer, 'A3', { status: 'green' })
  expect(bot.newcomer.lastMessage()).toSay('Ho salvato A3')
  await bot.supplier.says('aiuto')
  expect(bot.supplier.lastMessage()).not.toSay('verifica')
  await bot.supplier.says('verifica rispondi A3')
  expect(bot.supplier.lastMessage()).toSay("Questo può farlo chi segue una linea, un'azione, un rischio o un riuso.")
})

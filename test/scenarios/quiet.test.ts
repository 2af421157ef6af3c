import { expect, test } from 'vitest'
import { community } from '#test/support/community.ts'
import { proposes } from '#test/support/practices.ts'
import '#test/support/matchers.ts'

test('in quiet hours the bot says when what was said to others arrives', async () => {
  const bot = await community({ at: '2027-01-11T21:30:00+01:00' })
  await proposes(bot.provider)
  expect(bot.provider.lastMessage()).toSay('Ho registrato la proposta P-0005')
  expect(bot.provider.lastMessage()).toSay(
    'Non disturbo nessuno fino a martedì 12 gennaio alle 8:00: agli altri arriva allora.',
  )
  expect(bot.place('#coordinamento').messages()).toEqual([])

  await bot.moveTo('2027-01-12T07:00:00Z')
  expect(bot.place('#coordinamento').lastMessage()).toOffer('practices.publish')
  await bot.coordinator.presses('practices.publish')
  expect(bot.place('#suape').lastMessage()).toSay('Pratiche edilizie in chiaro')
  expect(bot.coordinator.lastMessage().text).not.toContain('Non disturbo')
})

test('what nobody waits for but her does not speak of quiet hours', async () => {
  const { reuser } = await community({ at: '2027-01-11T21:30:00+01:00' })
  await reuser.says('pratiche')
  expect(reuser.lastMessage().text).not.toContain('Non disturbo')
})

test('what is published and withdrawn in the same night is never spoken of', async () => {
  const bot = await community()
  await proposes(bot.provider)
  await bot.moveTo('2027-01-11T21:00:00Z')
  const before = bot.provider.messages().length
  await bot.coordinator.presses('practices.publish')
  await bot.coordinator.says('pratica modifica P-0005')
  await bot.coordinator.answers({ version: '2.1' })

  await bot.coordinator.says('pratica ritira P-0005 Ho sbagliato.')

  expect(bot.coordinator.lastMessage()).toSay("La comunità non l'aveva ancora letta, e non gliene parlo.")
  await bot.moveTo('2027-01-12T08:00:00Z')
  expect(bot.place('#suape').messages()).toEqual([])
  expect(bot.place('#ocpa').messages()).toEqual([])
  expect(
    bot.provider
      .messages()
      .slice(before)
      .map(({ text }) => text),
  ).toEqual([expect.stringMatching(/^P-0005, Pratiche edilizie in chiaro, è stata ritirata\.\n> Ho sbagliato\./)])
})

test('what is published and edited in the same night is read once, as it is in the morning', async () => {
  const bot = await community()
  await proposes(bot.provider)
  await bot.moveTo('2027-01-11T21:00:00Z')
  await bot.coordinator.presses('practices.publish')
  await bot.coordinator.says('pratica modifica P-0005')
  await bot.coordinator.answers({ version: '2.1' })

  expect(bot.coordinator.lastMessage()).toSay("L'annuncio non è ancora uscito: si leggerà già così.")
  await bot.moveTo('2027-01-12T08:00:00Z')
  for (const name of ['#suape', '#ocpa']) {
    expect(bot.place(name).messages()).toHaveLength(1)
    expect(bot.place(name).lastMessage()).toSay('Versione del KIT: 2.1')
  }
})

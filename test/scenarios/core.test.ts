import { expect, test } from 'vitest'
import { community } from '#test/support/community.ts'

test('who writes «aiuto» reads what she can do here', async () => {
  const { newcomer } = await community()

  await newcomer.says('aiuto')

  expect(newcomer.lastMessage()).toSay('Ecco che cosa puoi fare')
  expect(newcomer.lastMessage()).toSay('annulla: Lascia perdere le domande aperte.')
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

test('in a place the answer is for her alone', async () => {
  const { reuser, place } = await community()

  await reuser.says('aiuto', { in: '#suape' })

  expect(reuser.lastMessage().onlyFor).toBe('reuser')
  expect(place('#suape').messages()).toHaveLength(0)
})

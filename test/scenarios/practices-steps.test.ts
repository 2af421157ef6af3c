import { expect, test } from 'vitest'
import { community } from '#test/support/community.ts'
import '#test/support/matchers.ts'

test('`riusi avanza` stops at in use: that the organization holds the practice is said in so many words', async () => {
  const { reuser, provider } = await community()
  const claims = () => provider.messages().filter(({ text }) => text.includes('dice che ora detiene'))

  for (const _ of ['in use', 'sent twice', 'and again']) await reuser.says('riusi avanza P-0001')
  expect(reuser.lastMessage()).toSay('Comune di Perugia usa già P-0001')
  expect(reuser.lastMessage()).toSay('scrivi riusi detentore P-0001')
  expect(reuser.lastMessage()).toOffer('practices.claim')
  expect(claims()).toEqual([])
  await reuser.says('riusi')
  expect(reuser.lastMessage()).toSay('puoi anche scrivere riusi detentore P-0001')

  await reuser.says('riusi detentore P-0001')
  expect(claims()).toHaveLength(1)
})

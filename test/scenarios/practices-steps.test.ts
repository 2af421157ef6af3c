import { expect, test } from 'vitest'
import { community } from '#test/support/community.ts'
import { published } from '#test/support/practices.ts'
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

test('who is in no community is not named among those who can, and is offered the way in', async () => {
  const bot = await community()
  await published(bot)
  const { newcomer, supplier } = bot
  await newcomer.presses('practices.adopt', undefined, bot.place('#ocpa').lastMessage())
  expect(newcomer.lastMessage()).toSay(
    'Questo può farlo chi fa parte di una comunità, chi coordina una comunità o chi lavora in un laboratorio.',
  )
  for (const person of [newcomer, supplier]) {
    await person.says('pratica P-0002')
    expect(person.lastMessage()).not.toOffer('practices.adopt')
    expect(person.lastMessage()).not.toOffer('laboratories.ask')
  }
  expect(newcomer.messages().at(-1)).toOffer('core.run', 'communities.join')
  expect(supplier.lastMessage()).not.toOffer('core.run', 'communities.join')
})

test('a proposal that is not there is looked for among the proposals', async () => {
  const { coordinator } = await community()
  await coordinator.says('pratica rifiuta P-9999 esiste già')
  expect(coordinator.lastMessage()).toSay('Non trovo P-9999 tra le proposte. Scrivi pratiche proposte')
  await coordinator.says('pratica ritira P-9999')
  expect(coordinator.lastMessage()).toSay('Non trovo P-9999 tra le pratiche pubblicate.')
})

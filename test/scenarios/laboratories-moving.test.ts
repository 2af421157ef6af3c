import { expect } from 'vitest'
import { community, testOffMatrix } from '#test/support/community.ts'
import { asks, cardIn, cardNow } from '#test/support/laboratories.ts'
import '#test/support/matchers.ts'

testOffMatrix('an open request goes where its laboratory reads now, and not where it read before', async () => {
  const { reuser, administrator, operator, place, moveTo } = await community()
  await asks(reuser)
  await administrator.says('associa laboratorio umbria', { in: '#digitale' })
  await administrator.says('associa welfare', { in: '#laboratorio' })

  await reuser.says('richiesta scrivi R-2027-0001 Ci siete?')
  expect(cardIn(place('#digitale'))).toSay('· nuova')
  expect(place('#digitale').lastMessage()).toSay('Ci siete?')
  await moveTo('2027-01-20T09:00:00Z')
  expect(place('#digitale').lastMessage()).toSay(/R-2027-0001/)
  expect(place('#digitale').lastMessage()).not.toSay('Ci siete?')
  await operator.says('richiesta prendi R-2027-0001')

  expect(cardNow(place('#digitale'))).toSay('· in carico')
  expect(cardNow(place('#laboratorio'))).toSay('· nuova')
  const before = place('#laboratorio').messages()
  expect(before.filter(({ text }) => text.includes('Ci siete?'))).toEqual([])

  // Her own words are taken from there all the same.
  for (const words of ['privacy cancella', 'privacy cancella conferma']) await reuser.says(words)
  expect(cardNow(place('#laboratorio'))).toSay('R-2027-0001 non è più qui')
})

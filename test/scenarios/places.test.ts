import { expect, test } from 'vitest'
import { placesFor } from '#src/storage/places.ts'
import { community, testOffMatrix } from '#test/support/community.ts'
import { asks, cardIn, cardNow } from '#test/support/laboratories.ts'
import '#test/support/matchers.ts'

testOffMatrix('a coordinator binds a place to her community, and everybody there reads one card', async () => {
  const bot = await community()
  await bot.administrator.says('associa', { in: '#ocpa' })
  expect(bot.administrator.lastMessage()).toSay('Questo canale è di tutto il programma.')
  expect(bot.administrator.lastMessage()).toOffer('places.bind', 'community:suape')

  await bot.administrator.says('associa welfare', { in: '#ocpa' })
  expect(bot.administrator.messages().findLast(({ onlyFor }) => onlyFor)).toSay(
    /Fatto: questo canale ora è della comunità Welfare\./,
  )
  expect(bot.place('#ocpa').messages()).toHaveLength(1)
  expect(bot.place('#ocpa').lastMessage()).toOffer('communities.enter', 'welfare')
  expect(await bot.read(tx => placesFor(tx, 'programme'))).toHaveLength(0)
  expect(await bot.read(tx => placesFor(tx, 'community', 'welfare'))).toHaveLength(2)
})

testOffMatrix('a laboratory is called by its name, once', async () => {
  const bot = await community()
  await bot.administrator.says('associa', { in: '#digitale' })
  expect(bot.administrator.lastMessage().choices?.map(({ label }) => label)).toContain('Laboratorio Umbria')
  await bot.administrator.says('associa laboratorio umbria', { in: '#digitale' })
  expect(bot.administrator.messages().findLast(({ onlyFor }) => onlyFor)).toSay(
    'Fatto: in questo canale ora risponde Laboratorio Umbria.',
  )
})

testOffMatrix('by a button, in English, and back', async () => {
  const bot = await community()
  await bot.administrator.says('language en')
  await bot.administrator.says('bind', { in: '#digitale' })
  await bot.administrator.presses('places.bind', 'coordinators:')
  expect(bot.administrator.messages().findLast(({ onlyFor }) => onlyFor)).toSay(
    'this channel is now for the coordinators',
  )
  expect(await bot.read(tx => placesFor(tx, 'coordinators'))).toHaveLength(2)
  await bot.administrator.says('bind digitale', { in: '#digitale' })
  expect(await bot.read(tx => placesFor(tx, 'coordinators'))).toHaveLength(1)
})

test('who may not decide hears who can; in a direct conversation there is nothing to bind', async () => {
  const bot = await community()
  await bot.reuser.says('associa suape', { in: '#suape' })
  expect(bot.reuser.lastMessage()).toSay('chi coordina una comunità')
  await bot.operator.says('associa suape', { in: '#laboratorio' })
  expect(bot.operator.lastMessage()).toSay('Questo può deciderlo chi coordina la comunità SUAPE')
  await bot.coordinator.says('associa programma', { in: '#suape' })
  expect(bot.coordinator.lastMessage()).toSay('Non trovo «programma»')
  await bot.coordinator.says('associa suape')
  expect(bot.coordinator.lastMessage()).toSay('dentro il canale')
})

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

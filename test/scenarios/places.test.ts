import { expect, test } from 'vitest'
import { placesFor } from '#src/storage/places.ts'
import { community, testOffMatrix } from '#test/support/community.ts'

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

import { expect, inject, onTestFinished, test } from 'vitest'
import { doorTo } from '#test/support/matrix/door.ts'
import { matrixWorld } from '#test/support/matrix/world.ts'

test('it starts while the homeserver is away, and answers when it is back: alone, and in the rooms of the kit', async () => {
  const door = await doorTo(inject('homeserver'))
  onTestFinished(door.shut)
  const world = await matrixWorld({ encrypted: true, by: async () => door.url })
  await world.start()
  const reuser = await world.as('reuser')
  await reuser.tells('aiuto')
  await world.stop()
  await door.shut()

  const { errors, platform } = await world.start()
  expect(platform.up?.()).toBe(false)
  await reuser.says('pratiche')
  await reuser.says('!oc richieste mie', { in: world.room('suape') })
  await door.open()

  await reuser.hears('Ci sono 4 buone pratiche')
  await reuser.hears('Non hai ancora fatto richieste')
  expect(reuser.seen().filter(({ unreadable }) => unreadable)).toEqual([])
  expect(errors).toEqual([])
})

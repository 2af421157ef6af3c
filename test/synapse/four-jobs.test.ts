import { describe, expect, test } from 'vitest'
import { matrixWorld } from '#test/support/matrix/world.ts'

describe.each([
  { rooms: 'plain', encrypted: false },
  { rooms: 'encrypted', encrypted: true },
])('in $rooms rooms', ({ encrypted }) => {
  test('help, in the direct conversation', async () => {
    const world = await matrixWorld({ encrypted })
    const { errors } = await world.start()
    const newcomer = await world.as('newcomer')
    await newcomer.says('aiuto')
    const help = await newcomer.hears('Ecco che cosa puoi fare')
    expect(help.type).toBe('m.notice')
    expect(errors).toEqual([])
  })
})

import { expect, test } from 'vitest'
import { memberOf } from '#src/storage/members.ts'
import { aPlace, delivery } from '#test/support/post-office.ts'

test('where somebody is written to is asked anew for each letter: she may have left where she was, and opened another', async () => {
  const here = await delivery()
  const account = { platform: 'slack', workspace: 'T1', account: 'anna', name: 'Anna' } as const
  const anna = await here.store.transaction(tx =>
    memberOf(tx, account, Temporal.Instant.fromEpochMilliseconds(here.time.now)),
  )
  let room = 'first'
  here.office.platform.direct = async () => ({ ...aPlace(room), direct: true })
  await here.put({ to: { member: anna.id }, key: 'k1', text: 'one' })
  await here.put({ to: { member: anna.id }, key: 'k2', text: 'two' })
  here.office.whim = (_, { key }) => {
    if (key === 'k1') room = 'second'
    return 'takes'
  }

  await here.play()

  expect(here.office.arrived.map(({ place, key }) => [place, key])).toEqual([
    ['first', 'k1'],
    ['second', 'k2'],
  ])
})

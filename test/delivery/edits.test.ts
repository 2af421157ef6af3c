import { expect, test } from 'vitest'
import { Undeliverable } from '#src/core/platform.ts'
import { outboxIn } from '#src/delivery/outbox.ts'
import { retry } from '#src/delivery/undelivered.ts'
import { aPlace, type Delivery, delivery } from '#test/support/post-office.ts'

const square = aPlace('square')
const now = ({ time }: Delivery) => Temporal.Instant.fromEpochMilliseconds(time.now)

/** A message that was given up, as the bot was not let in. */
async function givenUp(): Promise<Delivery> {
  const here = await delivery(undefined, () => new Undeliverable('not in there'))
  here.office.whim = () => 'busy'
  await here.put({ to: square, key: 'card', text: 'new' })
  await here.play()
  here.office.whim = () => 'takes'
  return here
}
const triedAgain = async (here: Delivery): Promise<string[]> => {
  await here.store.transaction(tx => retry(tx, 'dead', now(here)))
  await here.play()
  return here.office.arrived.flatMap(({ text, edits }) => [text, ...edits])
}

test('what was given up and is tried again says what is true by then', async () => {
  const here = await givenUp()
  await here.put({ to: square, key: 'card:2', text: 'solved', instead: 'card' })
  expect(await triedAgain(here)).toEqual(['solved'])
})

test('what was given up and then taken back is not said any more', async () => {
  const here = await givenUp()
  expect(await here.store.transaction(tx => outboxIn(tx, {}, now(here)).recall('card'))).toBe(true)
  expect(await triedAgain(here)).toEqual([])
})

test('what was given up is no reason to wait with what comes after it', async () => {
  const here = await givenUp()
  expect(await here.store.transaction(tx => outboxIn(tx, {}, now(here)).isUnread('card'))).toBe(false)
})

test('an older edit that is in doubt does not take the place of a newer one', async () => {
  const here = await delivery()
  const hers = { ...square, direct: true }
  await here.put({ to: hers, key: 'prompt', text: 'asked' })
  await here.play()
  here.office.whim = () => 'cut'
  await here.put({ to: hers, key: 'prompt:2', text: 'still missing', instead: 'prompt' })
  await here.sender.drain()
  here.office.whim = () => 'takes'
  await here.put({ to: hers, key: 'prompt:3', text: 'answered', instead: 'prompt' }, { author: 'm1' })
  await here.play()
  expect(here.office.arrived[0]?.edits.at(-1)).toBe('answered')
})

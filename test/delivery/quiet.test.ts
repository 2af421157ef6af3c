import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { queries } from '#src/storage/database.ts'
import { memberOf } from '#src/storage/members.ts'
import { members } from '#src/storage/schema.ts'
import { aPlace, delivery } from '#test/support/post-office.ts'

const evening = Temporal.Instant.from('2027-01-12T21:00:00Z').epochMilliseconds
const morning = Temporal.Instant.from('2027-01-13T07:00:00Z').epochMilliseconds
const square = aPlace('square')

test('at night only what somebody waits for is said; the rest comes in the morning, in its order and as it stands then', async () => {
  const { put, play, office, time } = await delivery()
  time.now = evening
  await put({ to: square, key: 'announcement', text: 'first words' })
  await put({ to: square, key: 'reminder', text: 'second' })
  await put({ to: square, key: 'below', text: 'third', under: 'announcement' })
  await put({ to: square, key: 'relayed', text: 'a person speaks', atOnce: true })
  await put({ to: square, onlyFor: 'm1', key: 'answer', text: 'to her' }, { author: 'm1' })
  await play(3_600_000)
  expect(new Set(office.arrived.map(({ key }) => key))).toEqual(new Set(['relayed', 'answer']))

  await put({ to: square, key: 'announcement:2', text: 'better words', instead: 'announcement' })
  await play(36 * 3_600_000)
  const later = office.arrived.slice(2)
  expect(later.map(({ key, at }) => [key, at])).toEqual([
    ['announcement', morning],
    ['reminder', morning],
    ['below', morning],
  ])
  expect(later[0]).toMatchObject({ text: 'better words', edits: [] })
})

test('what is of no use in the morning any more is not said at all', async () => {
  const { put, play, office, time } = await delivery()
  time.now = evening
  await put({ to: square, key: 'stale', text: 'x', unasked: { until: Temporal.Instant.from('2027-01-13T06:00:00Z') } })
  await play(36 * 3_600_000)
  expect(office.arrived).toEqual([])
})

test('a clock that is set back lets nothing overtake what it held for the morning', async () => {
  const { put, play, office, time } = await delivery()
  time.now = evening
  await put({ to: square, key: 'first', text: 'one' })
  await put({ to: square, key: 'second', text: 'two' })
  await play(0)
  expect(office.arrived).toEqual([])

  const afternoon = evening - 6 * 3_600_000
  time.now = afternoon
  await put({ to: square, key: 'third', text: 'three' })
  await play(60_000)
  expect(office.arrived.map(({ key }) => key)).toEqual(['first', 'second', 'third'])
})

test('where the place’s own time has changed meanwhile, what came first is waited for', async () => {
  const { put, play, office, time } = await delivery()
  const midnightInTokyo = Temporal.Instant.from('2027-01-12T15:00:00Z').epochMilliseconds
  time.now = midnightInTokyo
  await put({ to: { ...square, timezone: 'Asia/Tokyo' }, key: 'first', text: 'one' })
  await play(0)
  await put({ to: square, key: 'second', text: 'two' })
  await play(36 * 3_600_000)
  expect(office.arrived.map(({ key, at }) => [key, at])).toEqual([
    ['first', Temporal.Instant.from('2027-01-12T23:00:00Z').epochMilliseconds],
    ['second', morning],
  ])
})

test('who has asked for a pause meanwhile gets what she asked for, and what was held for the morning when it ends', async () => {
  const { put, play, office, time, store } = await delivery()
  const account = { platform: 'slack' as const, workspace: 'T1', account: 'U1', name: 'Maria' }
  const now = Temporal.Instant.fromEpochMilliseconds(evening)
  const { id: member } = await store.transaction(tx => memberOf(tx, account, now))
  time.now = evening
  await put({ to: { member }, key: 'reminder', text: 'one', unasked: {} })
  await play(0)

  const pausedUntil = evening + 72 * 3_600_000
  await store.transaction(tx => queries(tx).update(members).set({ pausedUntil }).where(eq(members.id, member)))
  time.now = evening - 6 * 3_600_000
  await put({ to: { member }, key: 'news', text: 'two' })
  await play(60_000)
  expect(office.arrived.map(({ key }) => key)).toEqual(['news'])
})

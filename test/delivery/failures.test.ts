import { eq, ne } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { Busy, type Limits, Undeliverable } from '#src/core/platform.ts'
import { outbox } from '#src/delivery/schema.ts'
import { queries } from '#src/storage/database.ts'
import { memberOf } from '#src/storage/members.ts'
import { aPlace, delivery } from '#test/support/post-office.ts'

const square = aPlace('square')
const slack: Limits = { place: { perMinute: 60, burst: 3 }, account: { perMinute: 300, burst: 20 }, parallel: 8 }

describe('what fails', () => {
  test('an outage ages nothing: what waited goes out in order when it is over', async () => {
    const { put, play, office } = await delivery(slack)
    office.whim = () => 'cut'
    for (let n = 0; n < 3; n += 1) await put({ to: square, key: `k${n}`, text: `${n}` })
    await play(2 * 3_600_000)
    expect(office.arrived).toHaveLength(0)
    expect(office.calls.length).toBeGreaterThan(50)
    office.whim = () => 'takes'
    await play()
    expect(office.arrived.map(({ key }) => key)).toEqual(['k0', 'k1', 'k2'])
  })

  test('what can never succeed dies at once, and those behind it go on', async () => {
    const { put, play, office, store } = await delivery(slack, () => new Undeliverable('gone'))
    office.whim = (_, { key }) => (key === 'k0' ? 'busy' : 'takes')
    for (let n = 0; n < 3; n += 1) await put({ to: square, key: `k${n}`, text: `${n}` })
    await play()
    expect(office.arrived.map(({ key }) => key)).toEqual(['k1', 'k2'])
    const [dead] = await store.read(tx => queries(tx).select().from(outbox).where(eq(outbox.key, 'k0')))
    expect(dead).toMatchObject({ status: 'dead', failure: 'gone' })
  })

  test('what is meant for a platform that does not run is left out, and dies not', async () => {
    const { put, play, office, store } = await delivery(slack)
    await put({ to: { ...square, platform: 'web' }, key: 'elsewhere', text: 'elsewhere' })
    await put({ to: { ...square, platform: 'web' }, key: 'edit', text: 'changed', instead: 'elsewhere' })
    await put({ to: square, key: 'here', text: 'here' })
    await play()
    expect(office.arrived.map(({ key }) => key)).toEqual(['here'])
    const rows = await store.read(tx => queries(tx).select().from(outbox).where(ne(outbox.key, 'here')))
    expect(rows).toEqual([expect.objectContaining({ key: 'elsewhere', status: 'dropped', message: null })])
  })

  test('so is what is meant for a person who is nowhere else', async () => {
    const { put, play, office, store, time } = await delivery(slack)
    const now = Temporal.Instant.fromEpochMilliseconds(time.now)
    const at = (platform: 'web' | 'slack') => ({ platform, workspace: 'T1', account: 'U1', name: 'Maria' })
    const elsewhere = await store.transaction(tx => memberOf(tx, at('web'), now))
    const here = await store.transaction(tx => memberOf(tx, at('slack'), now))
    await put({ to: { member: elsewhere.id }, key: 'elsewhere', text: 'elsewhere' })
    await put({ to: { member: here.id }, key: 'here', text: 'here' })
    await play()
    expect(office.arrived.map(({ key }) => key)).toEqual(['here'])
    const rows = await store.read(tx => queries(tx).select().from(outbox).where(ne(outbox.key, 'here')))
    expect(rows).toEqual([expect.objectContaining({ key: 'elsewhere', status: 'dropped', message: null })])
  })

  test('a plea for patience while it looks leaves the doubt: it looks again before it sends', async () => {
    const { put, play, office } = await delivery(slack, () => new Busy(2))
    const fate = ['accepted', 'busy', 'takes'] as const
    let step = 0
    office.whim = () => fate[step++] ?? 'takes'
    await put({ to: square, key: 'k', text: 'once' })
    await play()
    expect(office.calls.map(({ what }) => what)).toEqual(['post', 'find', 'find'])
    expect(office.arrived).toHaveLength(1)
  })
})

import Database from 'better-sqlite3'
import { fillPlaceholders } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { Busy, type Limits } from '#src/core/platform.ts'
import { headsQuery } from '#src/delivery/lanes.ts'
import { queries } from '#src/storage/database.ts'
import { engine } from '#src/storage/engine.ts'
import { aPlace, delivery, START, type Whim } from '#test/support/post-office.ts'

const square = aPlace('square')
const library = aPlace('library')
const slack: Limits = {
  place: { perMinute: 60, burst: 3 },
  account: { perMinute: 300, burst: 20 },
  edit: { perMinute: 50, burst: 5 },
  parallel: 8,
}

describe('many places at once', () => {
  test('a slow place holds up nobody else', async () => {
    const { put, sender, office } = await delivery()
    const slow = Promise.withResolvers<'takes'>()
    office.whim = (_, { to }) => (to.id === 'square' ? slow.promise : 'takes')
    for (let n = 0; n < 3; n += 1) {
      await put({ to: square, key: `s${n}`, text: `s${n}` })
      await put({ to: library, key: `l${n}`, text: `l${n}` })
    }
    const drained = sender.drain()
    await expect.poll(() => office.arrived.map(({ key }) => key)).toEqual(['l0', 'l1', 'l2'])
    slow.resolve('takes')
    await drained
    expect(office.arrived.map(({ key }) => key)).toEqual(['l0', 'l1', 'l2', 's0', 's1', 's2'])
  })

  test('no more places than the platform allows, and one letter at a time in each', async () => {
    const { put, play, office } = await delivery({ parallel: 3 })
    const open = new Map<string, number>()
    office.whim = async (_, { to }): Promise<Whim> => {
      open.set(to.id, (open.get(to.id) ?? 0) + 1)
      expect(open.get(to.id)).toBe(1)
      await new Promise(resolve => setImmediate(resolve))
      open.set(to.id, 0)
      return 'takes'
    }
    for (let n = 0; n < 60; n += 1) await put({ to: aPlace(`p${n % 12}`), key: `k${n}`, text: `${n}` })
    await play()
    expect(office.arrived).toHaveLength(60)
    expect(office.most).toBe(3)
  })

  test('what is said to whoever acted overtakes what is said to others, also in the same place', async () => {
    const { put, play, office, time } = await delivery(slack)
    for (let n = 0; n < 5; n += 1) await put({ to: square, key: `bulk${n}`, text: `${n}` })
    await put({ to: { ...square, direct: true }, key: 'answer1', text: 'a' }, { author: 'm1' })
    await put({ to: square, onlyFor: 'm1', key: 'answer2', text: 'b' }, { author: 'm1' })
    await play(0)
    const first = office.arrived.map(({ key }) => key)
    expect(first.slice(0, 2)).toEqual(['answer1', 'bulk0'])
    await play()
    expect(office.arrived.filter(({ key }) => key.startsWith('answer')).map(({ key, at }) => [key, at])).toEqual([
      ['answer1', START],
      ['answer2', START],
    ])
    expect(office.arrived.filter(({ key }) => key.startsWith('bulk')).map(({ key }) => key)).toEqual(
      [0, 1, 2, 3, 4].map(n => `bulk${n}`),
    )
    expect(time.now - START).toBeGreaterThan(4000)
  })

  test('an edit never overtakes what it edits, nor a reply the root of its thread', async () => {
    const { put, play, office } = await delivery(slack)
    for (let n = 0; n < 4; n += 1) await put({ to: square, key: `bulk${n}`, text: `${n}` })
    await put({ to: square, key: 'card', text: 'first' })
    await put({ to: square, key: 'reply', text: 'below', under: 'card', answer: true })
    let fails = 1
    office.whim = (_, { key }) => (key === 'card' && fails-- > 0 ? 'cut' : 'takes')
    await play(4500)
    await put({ to: square, key: 'card:1', text: 'second', instead: 'card', answer: true })
    await put({ to: square, key: 'card:2', text: 'third', instead: 'card', answer: true })
    await play()
    expect(office.arrived.map(({ key }) => key)).toEqual(['bulk0', 'bulk1', 'bulk2', 'bulk3', 'card', 'reply'])
    expect(office.arrived.find(({ key }) => key === 'reply')?.under).toBe('card')
    expect(office.arrived.find(({ key }) => key === 'card')?.edits).toEqual(['third'])
  })

  test('edits that wait together collapse into the last', async () => {
    const { put, play, office } = await delivery(slack)
    await put({ to: square, key: 'card', text: 'first' })
    await play()
    for (let n = 0; n < 20; n += 1) await put({ to: square, key: `card:${n}`, text: `${n}`, instead: 'card' })
    await play()
    expect(office.arrived[0]?.edits).toEqual(['19'])
  })
})

describe('pacing', () => {
  test('one place a second, and the workspace no more than it takes', async () => {
    const { put, play, office } = await delivery(slack)
    for (let n = 0; n < 300; n += 1) await put({ to: aPlace(`p${n % 60}`), key: `k${n}`, text: `${n}` })
    await play()
    expect(office.arrived).toHaveLength(300)
    const took = (office.arrived.at(-1)!.at - START) / 1000
    expect(took).toBeGreaterThan((300 - 20) / 5)
    expect(took).toBeLessThan((300 / 5) * 1.1)
    for (let place = 0; place < 60; place += 1) {
      const times = office.arrived.filter(each => each.place === `p${place}`).map(({ at }) => at)
      for (const [index, at] of times.entries())
        if (index > 0) expect(at - times[index - 1]!).toBeGreaterThanOrEqual(1000)
    }
  })

  test('a place that asks for patience delays itself alone, and is not asked before', async () => {
    const { put, play, office } = await delivery(slack, () => new Busy(30))
    let refusals = 1
    office.whim = (_, { to }) => (to.id === 'square' && refusals-- > 0 ? 'busy' : 'takes')
    for (let n = 0; n < 3; n += 1) {
      await put({ to: square, key: `s${n}`, text: `${n}` })
      await put({ to: library, key: `l${n}`, text: `${n}` })
    }
    await play()
    const when = (place: string): number[] =>
      office.arrived.filter(each => each.place === place).map(({ at }) => Math.round((at - START) / 1000))
    expect(when('library')).toEqual([0, 1, 2])
    expect(when('square')[0]).toBe(30)
    expect(office.calls.filter(({ place }) => place === 'square')).toHaveLength(4)
    expect(office.arrived.filter(({ place }) => place === 'square').map(({ key }) => key)).toEqual(['s0', 's1', 's2'])
  })
})

/** It asks the engine for its plan. */
const describeOnSqlite: typeof describe | (() => void) = engine() === 'sqlite' ? describe : () => {}

describeOnSqlite('a long queue', () => {
  test('costs a page, and finding the next letters does not depend on its length', async () => {
    const { store, office, sender, time } = await delivery({ place: { perMinute: 60, burst: 1 }, parallel: 4 })
    const file = new Database(store.address)
    const row = file.prepare(
      `insert into outbox (id, key, place, queue, message, choices, unasked, status, dueAt, attempts)
       values (?, ?, ?, ?, '{"summary":"x","blocks":[]}', '[]', 0, 'waiting', ?, 0)`,
    )
    file.exec('begin')
    for (let n = 0; n < 10_000; n += 1) {
      const place = aPlace(`p${n % 4}`)
      row.run(
        `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
        `k${n}`,
        JSON.stringify(place),
        `slack:T1:${place.id}`,
        START,
      )
    }
    file.exec('commit')
    await sender.drain()
    expect(new Set(office.arrived.map(({ key }) => key))).toEqual(new Set(['k0', 'k1', 'k2', 'k3']))
    time.now += 1020
    await sender.drain()
    expect(office.arrived).toHaveLength(8)
    const { sql, params } = await store.read(async tx => headsQuery(queries(tx)).toSQL())
    const values = fillPlaceholders(params, { lane: 1, after: '', most: 32 })
    const plan = file.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[]
    file.close()
    const steps = plan.map(({ detail }) => detail).filter(detail => detail.includes('outbox'))
    expect(steps.length).toBeGreaterThan(0)
    for (const step of steps) expect(step).toMatch(/^SEARCH outbox USING (COVERING )?INDEX outbox_lane \(lane=\?/)
  })
})

import { expect, onTestFinished, test } from 'vitest'
import { openStore, queries, type Store } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { settings } from '#src/storage/schema.ts'
import { nextNumber, saveSetting, setting } from '#src/storage/settings.ts'
import { freshDatabase } from '#test/support/database.ts'

const opened = async (address?: string): Promise<Store> => {
  const store = await openStore(address ?? (await freshDatabase()), { patience: 5000 })
  onTestFinished(() => store.close())
  return store
}

test('a transaction that throws leaves nothing behind', async () => {
  const store = await opened()
  const attempt = store.transaction(async tx => {
    await saveSetting(tx, 'a', 1)
    throw new Error('on purpose')
  })
  await expect(attempt).rejects.toThrow('on purpose')
  expect(await store.read(tx => setting(tx, 'a'))).toBeUndefined()
})

test('transactions take turns, in the order in which they were asked for', async () => {
  const store = await opened()
  const numbers = await Promise.all(Array.from({ length: 20 }, () => store.transaction(tx => nextNumber(tx, 'x'))))
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
})

test('what is urgent goes before all else that waits', async () => {
  const store = await opened()
  const order: string[] = []
  const doing = (name: string) => async () => void order.push(name)
  await Promise.all([
    store.transaction(doing('first')),
    store.transaction(doing('second')),
    store.transaction(doing('urgent'), { urgent: true }),
    store.transaction(doing('urgent too'), { urgent: true }),
  ])
  expect(order).toEqual(['first', 'urgent', 'urgent too', 'second'])
})

test('what follows may begin before the disk has what was committed, and sees it', async () => {
  const store = await opened()
  const order: string[] = []
  let following: Promise<unknown> = Promise.resolve()
  const committed = (): void => {
    order.push('committed')
    following = store.transaction(async tx => void order.push(`sees ${await setting(tx, 'a')}`))
  }
  await store.transaction(tx => saveSetting(tx, 'a', 1), { committed })
  await following
  expect(order).toEqual(['committed', 'sees 1'])
})

test('of what was not committed nobody is told that it was', async () => {
  const store = await opened()
  let told = 0
  const attempt = store.transaction(async () => Promise.reject(new Error('on purpose')), {
    committed: () => (told += 1),
  })
  await expect(attempt).rejects.toThrow('on purpose')
  expect(told).toBe(0)
})

test('a second connection inside a transaction is an error', async () => {
  const store = await opened()
  await expect(store.transaction(() => store.read(tx => setting(tx, 'a')))).rejects.toThrow('inside a transaction')
  await expect(store.transaction(() => store.transaction(async () => 1))).rejects.toThrow('inside a transaction')
})

test('what reads outside a transaction cannot write', async () => {
  const store = await opened()
  await expect(store.read(tx => saveSetting(tx, 'a', 1))).rejects.toThrow()
  expect(await store.read(tx => setting(tx, 'a'))).toBeUndefined()
})

test('an error that is caught inside a transaction does not let half of it through', async () => {
  const store = await opened()
  await store.transaction(tx => saveSetting(tx, 'a', 1))
  const attempt = store.transaction(async tx => {
    await saveSetting(tx, 'b', 1)
    const twice = queries(tx).insert(settings).values({ name: 'a', value: 2 })
    await twice.catch(() => {})
    throw new Error('it would go on')
  })
  await expect(attempt).rejects.toThrow()
  expect(await store.read(tx => setting(tx, 'b'))).toBeUndefined()
})

test('two bots on one database make one series of numbers, each number once', async () => {
  const address = await freshDatabase()
  const bots = await Promise.all([opened(address), opened(address), opened(address)])
  const each = (bot: Store): Promise<number>[] =>
    Array.from({ length: 30 }, () => bot.transaction(tx => nextNumber(tx, 'x')))
  const numbers = await Promise.all(bots.flatMap(each))
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 90 }, (_, at) => at + 1))
})

test('what is read before it is written is still true when it is: of two who find a seat free, one gets it', async () => {
  const address = await freshDatabase()
  const bots = await Promise.all([opened(address), opened(address)])
  const takes = (bot: Store, who: number): Promise<string> =>
    bot.transaction(async tx => {
      const taken = await setting<string>(tx, 'seat')
      if (taken === undefined) await saveSetting(tx, 'seat', `bot ${who}`)
      return taken ?? `bot ${who}`
    })
  const told = await Promise.all(bots.map(takes))
  expect(new Set(told).size).toBe(1)
  expect(await bots[0]!.read(tx => setting(tx, 'seat'))).toBe(told[0])
})

test.each([null, true, 0, -1.5, '', '123', 'true', '{"a":1}', [1, [2]], { b: { z: 1, a: [null] }, a: 2 }])(
  'what is kept as JSON comes back as it was: %j',
  async value => {
    const store = await opened()
    await store.transaction(tx => saveSetting(tx, 'a', { value }))
    const kept = await store.read(tx => setting(tx, 'a'))
    expect(JSON.stringify(kept)).toBe(JSON.stringify({ value }))
    if (value === null) return
    await store.transaction(tx => saveSetting(tx, 'b', value))
    expect(await store.read(tx => setting(tx, 'b'))).toStrictEqual(value)
  },
)

test('ids sort in the order of making', () => {
  const ids = Array.from({ length: 10_000 }, newId)
  expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)))
  expect(new Set(ids)).toHaveLength(10_000)
  expect(ids[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

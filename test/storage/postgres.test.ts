import { connect, createServer, type Server, type Socket } from 'node:net'
import postgres from 'postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openStore, queries, type Store, skipLocked } from '#src/storage/database.ts'
import { codeOf } from '#src/storage/failures.ts'
import { members, settings } from '#src/storage/schema.ts'
import { nextNumber, saveSetting, setting } from '#src/storage/settings.ts'
import { UnusableDatabase } from '#src/storage/unusable.ts'
import { freshOnServer } from '#test/support/database.ts'

const opened = async (address: string): Promise<Store> => {
  const store = await openStore(address, { patience: 20_000 })
  onTestFinished(() => store.close())
  return store
}
/** Hangs up on every bot that is connected. */
async function hangUp(address: string): Promise<void> {
  const server = postgres(inject('postgres').address, { max: 1, fetch_types: false })
  await server`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${new URL(address).pathname.slice(1)} and application_name = 'animatore'`
  await server.end()
}

test('a server that hangs up in the middle of a transaction: it is run again, whole and once', async () => {
  const address = await freshOnServer()
  const store = await opened(address)
  let tries = 0
  const number = await store.transaction(async tx => {
    tries += 1
    await saveSetting(tx, `try ${tries}`, true)
    if (tries === 1) await hangUp(address)
    return nextNumber(tx, 'x')
  })
  expect([tries, number]).toEqual([2, 1])
  expect(await store.read(tx => setting(tx, 'try 1'))).toBeUndefined()
  expect(await store.read(tx => setting(tx, 'try 2'))).toBe(true)
})

test('what could not be written is told for itself, whatever was asked for after it, and nothing else stays', async () => {
  const store = await opened(await freshOnServer())
  await store.transaction(tx => saveSetting(tx, 'a', 1))
  const twice = (tx: Parameters<typeof setting>[0]) => queries(tx).insert(settings).values({ name: 'a', value: 2 })
  const last = store.transaction(async tx => {
    await saveSetting(tx, 'b', 1)
    await twice(tx)
  })
  const followed = store.transaction(async tx => {
    await twice(tx)
    await saveSetting(tx, 'b', 1)
    return setting(tx, 'a')
  })
  for (const attempt of [last, followed]) await expect(attempt.catch(codeOf)).resolves.toBe('23505')
  expect(await store.read(tx => setting(tx, 'b'))).toBeUndefined()
})

test('a server that hangs up between two reads: the next is answered', async () => {
  const address = await freshOnServer()
  const store = await opened(address)
  await store.transaction(tx => saveSetting(tx, 'a', 1))
  expect(await store.read(tx => setting(tx, 'a'))).toBe(1)
  await hangUp(address)
  expect(await store.read(tx => setting(tx, 'a'))).toBe(1)
})

/** A way to the server that can be cut right after a COMMIT went through, before its answer comes back. */
async function aFrailWay(address: string): Promise<{ address: string; cutAtCommit(): void }> {
  const { hostname, port } = new URL(address)
  let cut = false
  const sockets: Socket[] = []
  const way: Server = createServer(here => {
    const there = connect(Number(port), hostname)
    sockets.push(here, there)
    for (const socket of [here, there]) socket.on('error', () => {})
    here
      .on('close', () => there.end())
      .on('data', sent => {
        there.write(sent)
        if (!cut || !sent.includes('COMMIT')) return
        cut = false
        there.removeAllListeners('data').once('data', () => here.destroy())
      })
    there.on('close', () => here.destroy()).on('data', answer => here.write(answer))
  })
  await new Promise<void>(resolve => way.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    way.close()
  })
  const bound = way.address()
  const frail = new URL(address)
  frail.port = String(typeof bound === 'object' && bound ? bound.port : '')
  return { address: frail.href, cutAtCommit: () => (cut = true) }
}

test('a commit whose answer is lost is asked about, and not made twice', async () => {
  const way = await aFrailWay(await freshOnServer())
  const store = await opened(way.address)
  let tries = 0
  way.cutAtCommit()
  const number = await store.transaction(async tx => {
    tries += 1
    return nextNumber(tx, 'x')
  })
  expect([tries, number]).toEqual([1, 1])
  expect(await store.transaction(tx => nextNumber(tx, 'x'))).toBe(2)
})

test('two bots take what waits side by side, each its own', async () => {
  const address = await freshOnServer()
  const [one, other] = [await opened(address), await opened(address)]
  for (const name of ['a', 'b']) await one.transaction(tx => saveSetting(tx, name, 1))
  const taken = Promise.withResolvers<void>()
  const seen = Promise.withResolvers<void>()
  const takes = (store: Store, until?: Promise<void>): Promise<string | undefined> =>
    store.transaction(async tx => {
      const [row] = await skipLocked(queries(tx).select().from(settings).orderBy(settings.name).limit(1))
      taken.resolve()
      await until
      return row?.name
    })
  const first = takes(one, seen.promise)
  await taken.promise
  const second = await takes(other)
  seen.resolve()
  expect([await first, second]).toEqual(['a', 'b'])
})

test('two bots that start at once on an empty database both come up', async () => {
  const { address } = inject('postgres')
  const server = postgres(address, { max: 1, fetch_types: false, onnotice: () => {} })
  await server`create database from_nothing`
  const stores = await Promise.all([
    openStore(address.replace(/[^/]+$/, 'from_nothing')),
    openStore(address.replace(/[^/]+$/, 'from_nothing')),
  ])
  for (const store of stores) expect(await store.read(tx => queries(tx).$count(members))).toBe(0)
  for (const store of stores) await store.close()
  await server`drop database from_nothing with (force)`
  await server.end()
})

test('a database newer than the code is refused, and left as it was', async () => {
  const address = await freshOnServer()
  const newer = postgres(address, { max: 1, fetch_types: false })
  await newer`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of-the-future', 99999999999999)`
  await newer.end()
  await expect(openStore(address)).rejects.toThrow(UnusableDatabase)
})

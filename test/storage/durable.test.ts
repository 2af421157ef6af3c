import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import type { Feature } from '#src/core/feature.ts'
import { type Interaction, say } from '#src/core/interaction.ts'
import { outbox } from '#src/delivery/schema.ts'
import { assemble } from '#src/main.ts'
import { openStore, queries, type Store } from '#src/storage/database.ts'
import { events } from '#src/storage/schema.ts'
import { freshFile } from '#test/support/database.ts'
import { postOffice, saying } from '#test/support/post-office.ts'

const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
const polite: Feature = { name: 'polite', said: async () => say(saying('buongiorno a te')) }

interface SlowDisk {
  holds: boolean
  /** How often it was asked to keep what was written. */
  ways: number
  free: PromiseWithResolvers<void>
}

/** A bot on a disk that keeps nothing until it is let go, with somebody who speaks to it; and all that anybody is told. */
async function onSlowDisk(store: (on: Store) => Store = on => on) {
  const disk: SlowDisk = { holds: false, ways: 0, free: Promise.withResolvers<void>() }
  const file = await openStore(freshFile('slow'), {
    synchronize: async () => {
      disk.ways += 1
      if (disk.holds) await disk.free.promise
    },
  })
  const { platform, arrived } = postOffice(() => now.epochMilliseconds)
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  let drain: () => void = () => {}
  const wake = (): void => drain()
  const bot = assemble({
    store: store(file),
    features: [polite],
    platforms: [platform],
    workers: {},
    log,
    now: () => now,
    wake,
  })
  onTestFinished(bot.stop)
  drain = () => void bot.tasks[0]?.work()
  const member = await bot.intake.member({ platform: 'slack', workspace: 'T1', account: 'anna', name: 'Anna' })
  const place = await platform.direct({ platform: 'slack', workspace: 'T1', account: 'anna', name: 'Anna' })
  const told: string[] = []
  const said = (id: string): Interaction => ({ kind: 'said', id, at: now, member, place, text: 'buongiorno' })
  const says = (id: string) => bot.intake.receive(said(id), () => void told.push('kept'))
  const heard = (id: string) => bot.intake.accept(said(id))
  const hold = (): void => {
    disk.holds = true
    disk.ways = 0
  }
  return { store: file, says, heard, told, arrived, disk, hold }
}

/** All goes on that waits for no disk. */
async function whatCan(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise(resolve => setImmediate(resolve))
}

test('heard, handled and answered at once, which nobody is told before the disk has it; it is asked once', async () => {
  const { store, says, told, arrived, disk, hold } = await onSlowDisk()
  hold()
  const received = says('e1').then(() => told.push('handled'))
  await whatCan()
  const [event] = await store.read(tx => queries(tx).select().from(events).where(eq(events.id, 'e1')))
  const [letter] = await store.read(tx => queries(tx).select().from(outbox))
  expect(event?.outcome).toBe('handled')
  expect(letter?.status).toBe('sending')
  expect({ told, posts: arrived.length, ways: disk.ways }).toEqual({ told: [], posts: 0, ways: 1 })

  disk.free.resolve()
  await received
  await whatCan()
  expect(told).toEqual(['kept', 'handled'])
  expect(arrived.map(({ text }) => text)).toEqual(['buongiorno a te'])
})

test('what was heard already is told to nobody again', async () => {
  const { says, told } = await onSlowDisk()
  expect(await says('e1')).toEqual({ kind: 'silence' })
  expect(await says('e1')).toBeUndefined()
  expect(told).toEqual(['kept'])
})

test('what was written down and not handled before a crash is handled when it comes again', async () => {
  const { says, arrived, heard } = await onSlowDisk()
  await heard('e1')
  expect(await says('e1')).toBeUndefined()
  await whatCan()
  expect(arrived.map(({ text }) => text)).toEqual(['buongiorno a te'])
})

test('whoever brought it hears that it could not be handled, though it failed before it was kept', async () => {
  let count = 0
  const { says, disk, hold, told } = await onSlowDisk(store => ({
    ...store,
    transaction: (work, manner) => {
      count += 1
      return count > 2 ? Promise.reject(new Error('broken')) : store.transaction(work, manner)
    },
  }))
  hold()
  const received = says('e1')
  await whatCan()
  expect(told).toEqual([])
  disk.free.resolve()
  await expect(received).rejects.toThrow('broken')
})

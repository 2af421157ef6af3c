import { expect, onTestFinished, test } from 'vitest'
import { readiness } from '#src/cli/readiness.ts'
import type { Feature } from '#src/core/feature.ts'
import { say } from '#src/core/interaction.ts'
import type { Markdown, Message } from '#src/core/message.ts'
import { assemble } from '#src/main.ts'
import { openStore, queries } from '#src/storage/database.ts'
import { engine } from '#src/storage/engine.ts'
import { events } from '#src/storage/schema.ts'
import { writable } from '#src/storage/writable.ts'
import { nowhere } from '#test/bench/lib/crowd.ts'
import { freshDatabase } from '#test/support/database.ts'

const now = Temporal.Instant.from('2027-01-12T10:00:00Z')
const fine: Message = { summary: 'fine' as unknown as Markdown, blocks: [] }

/** A bot that answers `fine`, or fails for as long as there is an error; and what it said. */
async function frail(failure: { error?: Error }) {
  const store = await openStore(await freshDatabase())
  const said: string[] = []
  const post = async ({ summary }: Message, { key }: { key: string }): Promise<string> => {
    said.push(summary)
    return key
  }
  const feature: Feature = {
    name: 'frail',
    said: async () => {
      if (failure.error) throw failure.error
      return say(fine)
    },
  }
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const bot = assemble({
    store,
    features: [feature],
    platforms: [{ ...nowhere, post }],
    workers: {},
    log,
    now: () => now,
  })
  onTestFinished(bot.stop)
  const member = await bot.intake.member({ platform: 'web', workspace: 'local', account: 'm', name: 'M' })
  const place = await nowhere.direct({ platform: 'web', workspace: 'local', account: 'm', name: 'M' })
  const hears = async (): Promise<void> => {
    await bot.intake.accept({ kind: 'said', id: 'e1', at: now, member, place, text: 'buongiorno' })
    await bot.intake.handle('e1')
    await bot.settle()
  }
  const aMinutePasses = () => store.transaction(tx => queries(tx).update(events).set({ acceptedAt: 0 }))
  return { bot, said, hears, aMinutePasses }
}

test('what the database could not take is not refused: it is answered when there is room again', async () => {
  const code = engine() === 'postgres' ? '53100' : 'SQLITE_FULL'
  const failure: { error?: Error } = { error: Object.assign(new Error('no room'), { code }) }
  const { bot, said, hears, aMinutePasses } = await frail(failure)
  await hears()
  await aMinutePasses()
  await bot.settle()
  expect(said).toEqual([])

  delete failure.error
  await bot.settle()
  await bot.settle()
  expect(said).toEqual(['fine'])
})

test('for what is wrong with the bot itself there is an apology, once', async () => {
  const { bot, said, hears, aMinutePasses } = await frail({ error: new Error('a mistake') })
  await hears()
  await aMinutePasses()
  await bot.settle()
  expect(said).toEqual([expect.stringContaining('e1')])
})

test('a database that can be read and takes nothing is not up; it is again once it takes something', async () => {
  const store = await openStore(await freshDatabase())
  onTestFinished(store.close)
  const full = Object.assign(new Error('no room'), { code: engine() === 'postgres' ? '53100' : 'SQLITE_FULL' })
  const disk: { error?: Error } = { error: full }
  const watched = writable({
    ...store,
    transaction: (work, manner) => (disk.error ? Promise.reject(disk.error) : store.transaction(work, manner)),
  })
  const state = async () => (await readiness(watched, [], now)).database
  expect(await state()).toBe('up')
  await expect(watched.transaction(async () => {})).rejects.toThrow('no room')
  expect(await state()).toBe('down')
  delete disk.error
  expect(await state()).toBe('up')
})

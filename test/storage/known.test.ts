import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '#src/storage/database.ts'
import { botOn } from '#test/bench/lib/crowd.ts'
import { freshDatabase } from '#test/support/database.ts'

const account = { platform: 'web' as const, workspace: 'local', account: 'm', name: 'M' }

test('whoever is known is recognized while something else is being written', async () => {
  const store = await openStore(await freshDatabase())
  const bot = botOn(store)
  onTestFinished(bot.stop)
  const before = await bot.intake.member(account)
  const busy = Promise.withResolvers<void>()
  const writing = store.transaction(() => busy.promise)

  expect(await bot.intake.member(account)).toEqual(before)

  busy.resolve()
  await writing
})

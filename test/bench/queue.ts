import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Platform } from '#src/core/platform.ts'
import { openStore } from '#src/storage/database.ts'
import { aPlace, saying } from '#test/support/post-office.ts'
import type { Benchmark } from './lib/benchmark.ts'
import { botOn, nowhere } from './lib/crowd.ts'
import { engineName, freshDatabase } from './lib/ground.ts'

const FEW = 100
const MANY = 10_000

/** What a long queue costs in memory while it goes out: a page of it, however long it is. */
export const benchmark: Benchmark = {
  about: `The same bot with ${FEW} posts that wait.`,
  run: async () => {
    await held(FEW) // what is loaded and compiled on the way is there in both
    const [reference, ours] = [await held(FEW), await held(MANY)]
    return [
      {
        what: `memory with ${MANY.toLocaleString('en')} queued posts, ${engineName()}`,
        ours: `${ours.toFixed(1)} MB`,
        reference: `${reference.toFixed(1)} MB`,
        ratio: ours / reference,
        target: { atMost: 1.1 },
      },
    ]
  },
}

/** The heap in megabytes, after what is not held any more is gone, with 8 of so many posts on their way. */
async function held(count: number): Promise<number> {
  const store = await openStore(await freshDatabase())
  const arriving = Promise.withResolvers<string>()
  const slow: Platform = { ...nowhere, limits: { parallel: 8 }, post: () => arriving.promise }
  const bot = botOn(store, slow)
  await bot.act(async ({ outbox }) => {
    for (let n = 0; n < count; n += 1) {
      const to = { ...aPlace(`p${n % 1000}`), platform: 'web' as const }
      await outbox.enqueue({ to, message: saying('x'.repeat(2000)), key: `k${n}` })
    }
  })
  const settled = bot.settle()
  await new Promise(resolve => setTimeout(resolve, 500))
  collect()
  const megabytes = process.memoryUsage().heapUsed / 1024 / 1024
  const halted = bot.halt()
  arriving.resolve('there')
  await Promise.all([settled, halted])
  await bot.stop()
  return megabytes
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

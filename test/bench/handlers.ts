import type { Member } from '#src/core/interaction.ts'
import type { Bot } from '#src/main.ts'
import { openStore } from '#src/storage/database.ts'
import { engine } from '#src/storage/engine.ts'
import { barePostgres } from './lib/bare-postgres.ts'
import { bareSqlite } from './lib/bare-sqlite.ts'
import { type Benchmark, inTurns, type Line, perSecond, timed } from './lib/benchmark.ts'
import { crowdOn, handled, ordinaryDay } from './lib/crowd.ts'
import { engineName, freshDatabase } from './lib/ground.ts'
import type { Written } from './lib/recording.ts'

const ROUNDS = 20
const MEMBERS = 10

/** What is written with nothing around it. */
export interface Bare {
  transactions: readonly Written[][]
  replay(transactions: readonly Written[][]): void | Promise<void>
  close(): void | Promise<void>
}

/** People who write one after the other, and at the same time. */
const ways = {
  'one after the other': (bot: Bot, here: readonly Member[]) => handled(bot, here.flatMap(ordinaryDay)),
  'ten people at once': (bot: Bot, here: readonly Member[]) =>
    Promise.all(here.map(member => handled(bot, ordinaryDay(member)))),
}

/** Handlers a second with every commit on the disk, against the bare writing of the rows that they write, one after the other. */
export const benchmark: Benchmark = {
  about: 'The same rows, in the same transactions, written by prepared statements with nothing around them.',
  run: async () => {
    const lines: Line[] = []
    for (const [name, write] of Object.entries(ways)) lines.push(await compared(name, write))
    return lines
  },
}

async function compared(name: string, write: (bot: Bot, here: readonly Member[]) => Promise<unknown>): Promise<Line> {
  const { bot, crowd } = await crowdOn(await openStore(await freshDatabase()), ROUNDS * MEMBERS)
  const bare = await (engine() === 'postgres' ? barePostgres : bareSqlite)(ROUNDS * MEMBERS)
  const time = { ours: 0, reference: 0 }
  let round = 0
  let written = 0
  await inTurns(
    ROUNDS,
    async () => {
      const here = crowd.slice(round * MEMBERS, (round + 1) * MEMBERS)
      round += 1
      time.ours += await timed(() => write(bot, here))
    },
    async () => {
      const next = bare.transactions.slice(written, written + bare.transactions.length / ROUNDS)
      written += next.length
      time.reference += await timed(() => bare.replay(next))
    },
  )
  await bot.stop()
  await bare.close()
  const handlers = crowd.flatMap(ordinaryDay).length
  const [ours, reference] = [handlers / (time.ours / 1000), handlers / (time.reference / 1000)]
  return {
    what: `handlers a second, ${name}, ${engineName()}`,
    ours: perSecond(ours),
    reference: perSecond(reference),
    ratio: ours / reference,
    target: { atLeast: 0.5 },
  }
}

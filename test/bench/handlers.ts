import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openStore } from '#src/storage/database.ts'
import { type Benchmark, inTurns, perSecond, timed } from './lib/benchmark.ts'
import { crowdOn, handled, ordinaryDay } from './lib/crowd.ts'
import { recordWrites, replaying } from './lib/recording.ts'

const ROUNDS = 20
const MEMBERS = 10

const freshFile = (): string => join(mkdtempSync(join(tmpdir(), 'animatore-bench-')), 'bench.db')

/** Handlers a second with every commit on the disk, against the bare writing of the rows that they write. */
export const benchmark: Benchmark = {
  about: 'The same rows, in the same transactions, written by prepared statements with nothing around them.',
  run: async () => {
    const store = await openStore(freshFile())
    const { bot, crowd } = await crowdOn(store, ROUNDS * MEMBERS)
    const bare = await bareCopy(ROUNDS * MEMBERS)
    const time = { ours: 0, reference: 0 }
    let round = 0
    let written = 0
    await inTurns(
      ROUNDS,
      async () => {
        const events = crowd.slice(round * MEMBERS, (round + 1) * MEMBERS).flatMap(ordinaryDay)
        round += 1
        time.ours += await timed(() => handled(bot, events))
      },
      async () => {
        const next = bare.transactions.slice(written, written + bare.transactions.length / ROUNDS)
        written += next.length
        time.reference += await timed(() => bare.replay(next))
      },
    )
    await bot.stop()
    bare.close()
    const handlers = crowd.flatMap(ordinaryDay).length
    const [ours, reference] = [handlers / (time.ours / 1000), handlers / (time.reference / 1000)]
    return [
      {
        what: 'handlers a second, SQLite',
        ours: perSecond(ours),
        reference: perSecond(reference),
        ratio: ours / reference,
        target: { atLeast: 0.5 },
      },
    ]
  },
}

/** What a bot writes on the same days, and a database that stands where that bot's stood before. */
async function bareCopy(members: number) {
  const file = freshFile()
  const { transactions, stop } = recordWrites()
  const model = await openStore(file)
  const { bot, crowd } = await crowdOn(model, members)
  const copy = freshFile()
  const reading = new Database(file)
  await reading.backup(copy)
  reading.close()
  transactions.length = 0
  await handled(bot, crowd.flatMap(ordinaryDay))
  await bot.stop()
  stop()
  const connection = new Database(copy)
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON'])
    connection.pragma(pragma)
  return {
    transactions: transactions.filter(({ length }) => length > 0),
    replay: replaying(connection),
    close: () => connection.close(),
  }
}

import Database from 'better-sqlite3'
import { openStore } from '#src/storage/database.ts'
import type { Bare } from '../handlers.ts'
import { crowdOn, handled, ordinaryDay } from './crowd.ts'
import { freshDatabase } from './ground.ts'
import { recordWrites, replaying } from './recording.ts'

/** What a bot writes on the same days, and a database that stands where that bot's stood before. */
export async function bareSqlite(members: number): Promise<Bare> {
  const file = await freshDatabase()
  const { transactions, stop } = recordWrites()
  const model = await openStore(file)
  const { bot, crowd } = await crowdOn(model, members)
  const copy = await freshDatabase()
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
    close: () => void connection.close(),
  }
}

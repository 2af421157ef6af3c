import { openStore } from '#src/storage/database.ts'
import type { Bare } from '../handlers.ts'
import { botOn, crowdOn, handled, ordinaryDay } from './crowd.ts'
import { freshDatabase } from './ground.ts'
import { recordedStore, replayingOn } from './replay-postgres.ts'

/** What a bot writes on the same days, and a database that stands where that bot's stood before. */
export async function barePostgres(members: number): Promise<Bare> {
  const address = await freshDatabase()
  const { bot: first, crowd } = await crowdOn(await openStore(address), members)
  await first.stop()
  const copy = await freshDatabase(address)
  const { store, transactions } = recordedStore(await openStore(address))
  const bot = botOn(store)
  await handled(bot, crowd.flatMap(ordinaryDay))
  await bot.stop()
  return { transactions: transactions.filter(({ length }) => length > 0), ...(await replayingOn(copy)) }
}

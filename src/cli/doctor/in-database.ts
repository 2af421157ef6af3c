import type { Settings } from '#src/config.ts'
import type { Tx } from '#src/core/feature.ts'
import { openReadOnly } from '#src/storage/database.ts'
import { inspectDatabase } from '#src/storage/inspect.ts'
import { databaseOf } from '../shell.ts'

/** What a database that is sound and up to date knows; nothing of any other. */
export async function inDatabase<T>(settings: Settings, look: (tx: Tx) => Promise<T[]>): Promise<T[]> {
  const file = databaseOf(settings)
  const seen = await inspectDatabase(file)
  if (seen.state !== 'sound' || seen.lacking > 0) return []
  const store = await openReadOnly(file)
  try {
    return await store.read(look)
  } finally {
    await store.close()
  }
}

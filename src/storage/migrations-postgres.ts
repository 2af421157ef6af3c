import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { folderOf, hashesIn } from './migrations.ts'
import { UnusableDatabase } from './unusable.ts'
import type { Wire } from './wire.ts'

/** One process migrates, and whoever starts meanwhile waits for it. The number is ours, and means nothing. */
const LOCK = 4_712_001

/** Applies what is missing. A database that knows a migration we do not know was written by newer code. */
export async function migratePostgres(wire: Wire, url: string): Promise<void> {
  await refuseNewer(wire)
  if ((await lacking(wire)) === 0) return
  await wire.exec(`SELECT pg_advisory_lock(${LOCK})`)
  try {
    if ((await lacking(wire)) > 0) await apply(url)
  } finally {
    await wire.exec(`SELECT pg_advisory_unlock(${LOCK})`)
  }
}

export async function refuseNewer(wire: Wire): Promise<void> {
  if (await isNewer(wire)) throw new UnusableDatabase('written by a newer version')
}
/** Whether newer code has written to it. */
export async function isNewer(wire: Wire): Promise<boolean> {
  const known = new Set(hashesIn('postgres'))
  return (await applied(wire)).some(hash => !known.has(hash))
}
/** How many migrations it still lacks. */
export const lacking = async (wire: Wire): Promise<number> => hashesIn('postgres').length - (await applied(wire)).length

async function applied(wire: Wire): Promise<string[]> {
  const [table] = await wire.exec("SELECT to_regclass('drizzle.__drizzle_migrations')::text AS name")
  if (!table?.name) return []
  return (await wire.exec('SELECT hash FROM drizzle.__drizzle_migrations')).map(({ hash }) => String(hash))
}

async function apply(url: string): Promise<void> {
  const connection = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} })
  try {
    await migrate(drizzle(connection), { migrationsFolder: folderOf('postgres') })
  } finally {
    await connection.end({ timeout: 1 })
  }
}

import { eq } from 'drizzle-orm'
import { CHART } from '#src/core/chart.ts'
import type { Tx } from '#src/core/feature.ts'
import type { Stored } from '#src/core/platform.ts'
import { queries } from './database.ts'
import { newId } from './ids.ts'
import { files } from './schema.ts'

/** Largest file taken in, in bytes. */
export const LARGEST_FILE = 10 * 1024 * 1024

export async function keepFile(
  tx: Tx,
  file: Stored,
  owner: string | undefined,
  now: Temporal.Instant,
): Promise<string> {
  const id = newId()
  const row = {
    id,
    name: file.name,
    // Only what we draw ourselves is drawn.
    type: owner && file.type === CHART ? 'application/octet-stream' : file.type,
    bytes: Buffer.from(file.bytes),
    owner: owner ?? null,
    createdAt: now.epochMilliseconds,
  }
  await queries(tx).insert(files).values(row)
  return id
}
export async function storedFile(tx: Tx, id: string): Promise<Stored | undefined> {
  const [row] = await queries(tx).select().from(files).where(eq(files.id, id))
  return row && { name: row.name, type: row.type, bytes: row.bytes }
}
/** What it is called, without reading it. */
export async function nameOfFile(tx: Tx, id: string): Promise<string | undefined> {
  const [row] = await queries(tx).select({ name: files.name }).from(files).where(eq(files.id, id))
  return row?.name
}
/** Drops a file that has been read and is not needed any more. */
export async function dropFile(tx: Tx, id: string): Promise<void> {
  await queries(tx).delete(files).where(eq(files.id, id))
}
export async function eraseFiles(tx: Tx, owner: string): Promise<void> {
  await queries(tx).delete(files).where(eq(files.owner, owner))
}

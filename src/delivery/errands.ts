import { and, asc, eq, lte } from 'drizzle-orm'
import type { Errands, Tx } from '#src/core/feature.ts'
import type { Cause, Ports } from '#src/core/ports.ts'
import type { Registry } from '#src/core/registry.ts'
import { worldOf } from '#src/core/world.ts'
import { queries } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { errands } from './schema.ts'
import { backOff } from './sender.ts'

/** Does outward work. It may be called again with the same input after a crash; what it throws is tried again later. */
export type Worker = (input: unknown) => Promise<unknown>

export const errandsIn = (tx: Tx, cause: Cause, now: Temporal.Instant): Errands => ({
  run: async ({ name, input, key, backTo, about }) => {
    const row = {
      id: newId(),
      key,
      name,
      input,
      backTo,
      about,
      cause: cause.event ?? null,
      author: cause.author ?? null,
      attempts: 0,
      dueAt: now.epochMilliseconds,
      done: false,
    }
    await queries(tx).insert(errands).values(row).onConflictDoNothing()
  },
})

const causeOf = ({ cause, author }: typeof errands.$inferSelect): Cause => ({
  ...(cause && { event: cause }),
  ...(author && { author }),
})

/** After so many attempts an errand is given up, and only the log tells. */
const ENOUGH = 8

/** Runs every errand that is due; each result is handed to its feature in a transaction of its own. */
export function errandRunner(
  registry: Registry,
  ports: Ports,
  workers: Record<string, Worker>,
): () => Promise<boolean> {
  async function run(errand: typeof errands.$inferSelect): Promise<void> {
    const put = (tx: Tx, change: Partial<typeof errands.$inferInsert>) =>
      queries(tx).update(errands).set(change).where(eq(errands.id, errand.id))
    try {
      const worker = workers[errand.name]
      const done = registry.done.get(errand.backTo)
      if (!worker || !done) throw new Error(`nobody runs ${errand.name} for ${errand.backTo}`)
      const result = await worker(errand.input)
      await ports.transaction(async tx => {
        const claimed = await queries(tx)
          .update(errands)
          .set({ done: true, input: {}, about: '' })
          .where(and(eq(errands.id, errand.id), eq(errands.done, false)))
          .returning()
        if (claimed.length === 0) return
        await done(result, errand.about, worldOf(registry, ports, tx, causeOf(errand)))
      })
      ports.log.info({ event: errand.cause, errand: errand.id, name: errand.name }, 'an errand came back')
    } catch (error) {
      ports.log.error({ event: errand.cause, errand: errand.id, name: errand.name, error }, 'an errand failed')
      const attempts = errand.attempts + 1
      const dueAt = ports.now().epochMilliseconds + backOff(attempts)
      await ports.transaction(async tx => void (await put(tx, { attempts, dueAt, done: attempts >= ENOUGH })))
    }
  }
  return async () => {
    const due = and(eq(errands.done, false), lte(errands.dueAt, ports.now().epochMilliseconds))
    const waiting = await ports.read(tx =>
      queries(tx).select().from(errands).where(due).orderBy(asc(errands.id)).limit(20),
    )
    for (const errand of waiting) await run(errand)
    return waiting.length > 0
  }
}

export async function nextErrandAt(tx: Tx): Promise<number | undefined> {
  const [row] = await queries(tx)
    .select({ at: errands.dueAt })
    .from(errands)
    .where(eq(errands.done, false))
    .orderBy(asc(errands.dueAt))
    .limit(1)
  return row?.at
}
/** How many are not done. */
export const errandsWaiting = (tx: Tx): Promise<number> => queries(tx).$count(errands, eq(errands.done, false))

export async function eraseErrands(tx: Tx, member: string): Promise<void> {
  await queries(tx).delete(errands).where(eq(errands.author, member))
}

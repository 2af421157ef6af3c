import { and, asc, eq, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { backOff } from '#src/core/back-off.ts'
import type { Errands, Tx } from '#src/core/feature.ts'
import { Busy } from '#src/core/platform.ts'
import type { Cause, Ports } from '#src/core/ports.ts'
import type { Registry } from '#src/core/registry.ts'
import { worldOf } from '#src/core/world.ts'
import { queries } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { databaseNow } from '#src/storage/leases.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { errands } from './schema.ts'

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

/** After so many attempts an errand is given up, and only the log tells. A mistake of ours does not get better. */
const ENOUGH = 8
/** What fails out there is tried for a day: most attempts are a minute or two apart. */
const A_DAY = 960
/** An errand that waits for the database pauses as after so many attempts: half a minute at most. */
const PATIENT = 6
/** Whoever runs an errand has so many milliseconds; then somebody else may. */
const LEASE = 120_000
const PAGE = 20

type Errand = typeof errands.$inferSelect

/** Runs every errand that is due; each result is handed to its feature in a transaction of its own. */
export function errandRunner(
  registry: Registry,
  ports: Ports,
  workers: Record<string, Worker>,
): () => Promise<boolean> {
  async function run(errand: Errand): Promise<void> {
    const about = { event: errand.cause, errand: errand.id, name: errand.name }
    let isOutside = false
    try {
      const worker = workers[errand.name]
      const done = registry.done.get(errand.backTo)
      if (!worker || !done) throw new Error(`nobody runs ${errand.name} for ${errand.backTo}`)
      isOutside = true
      const result = await worker(errand.input)
      isOutside = false
      await ports.transaction(async tx => {
        if (await finish(tx, errand)) await done(result, errand.about, worldOf(registry, ports, tx, causeOf(errand)))
      })
      ports.log.info(about, 'an errand came back')
    } catch (error) {
      const next = isOutside ? failedOutside(errand, error) : failedHere(errand, ports.isUnable(error))
      if (next.done) ports.log.error({ ...about, error }, 'an errand failed, and is given up')
      else ports.log.warn({ ...about, error }, 'an errand failed, and will be tried again')
      await ports.transaction(tx => putBack(tx, errand, next, ports.now()))
    }
  }
  return async () => {
    const due = await ports.transaction(tx => takeDue(tx, ports.now()))
    for (const errand of due) await run(errand)
    return due.length > 0
  }
}

/** Not done, and nobody is at it. */
const isFree = and(eq(errands.done, false), or(isNull(errands.leasedUntil), lte(errands.leasedUntil, databaseNow)))

const finding = prepared(on =>
  on
    .select({ id: errands.id })
    .from(errands)
    .where(and(isFree, lte(errands.dueAt, given('now'))))
    .orderBy(asc(errands.id))
    .limit(PAGE),
)
/** Takes what is due and nobody is at. */
async function takeDue(tx: Tx, now: Temporal.Instant): Promise<Errand[]> {
  const due = await finding(tx).execute({ now: now.epochMilliseconds })
  if (due.length === 0) return []
  const ids = due.map(({ id }) => id)
  const taken = await queries(tx)
    .update(errands)
    .set({ leasedUntil: sql`${databaseNow} + ${LEASE}` })
    .where(and(inArray(errands.id, ids), isFree))
    .returning()
  return taken.toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

/** Whatever this process was at when it died: it is the only one, and nobody else will come back from it. */
export async function freeErrands(tx: Tx): Promise<void> {
  await queries(tx).update(errands).set({ leasedUntil: null }).where(isNotNull(errands.leasedUntil))
}

/** False when somebody else came back from it before. */
async function finish(tx: Tx, { id }: Errand): Promise<boolean> {
  const finished = await queries(tx)
    .update(errands)
    .set({ done: true, input: {}, about: '', leasedUntil: null })
    .where(and(eq(errands.id, id), eq(errands.done, false)))
    .returning({ id: errands.id })
  return finished.length > 0
}

/** What becomes of an errand that failed; `pause` in milliseconds. */
interface Next {
  attempts: number
  pause: number
  done: boolean
}

/** Somebody out there could not be reached, or asks for patience. */
function failedOutside({ attempts: before }: Errand, error: unknown): Next {
  const attempts = before + 1
  const asked = error instanceof Busy ? error.seconds * 1000 : 0
  return { attempts, pause: Math.max(asked, backOff(attempts)), done: attempts >= A_DAY }
}

/** What came back could not be taken in. Where the database alone is to blame, that is not counted. */
function failedHere({ attempts: before }: Errand, isUnable: boolean): Next {
  if (isUnable) return { attempts: before, pause: backOff(Math.max(before + 1, PATIENT)), done: false }
  const attempts = before + 1
  return { attempts, pause: backOff(attempts), done: attempts >= ENOUGH }
}

async function putBack(tx: Tx, { id }: Errand, { attempts, pause, done }: Next, now: Temporal.Instant): Promise<void> {
  await queries(tx)
    .update(errands)
    .set({ attempts, dueAt: now.epochMilliseconds + pause, done, leasedUntil: null })
    .where(and(eq(errands.id, id), eq(errands.done, false)))
}

const upcoming = prepared(on =>
  on.select({ at: errands.dueAt }).from(errands).where(isFree).orderBy(asc(errands.dueAt)).limit(1),
)
/** When an errand falls due that nobody is at: whoever is at one looks again when it is back. */
export async function nextErrandAt(tx: Tx): Promise<number | undefined> {
  const [row] = await upcoming(tx).execute()
  return row?.at
}
/** How many are not done. */
export const errandsWaiting = (tx: Tx): Promise<number> => queries(tx).$count(errands, eq(errands.done, false))

export async function eraseErrands(tx: Tx, member: string): Promise<void> {
  await queries(tx).delete(errands).where(eq(errands.author, member))
}

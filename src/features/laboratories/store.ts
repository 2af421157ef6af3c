import { asc, eq } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { triggerEvents as eventRows, laboratories as laboratoryRows, services as serviceRows } from './schema.ts'

export { openRequests } from './requests/store.ts'
export type { Coverage, RequestState, Urgency } from './schema.ts'

export type Laboratory = typeof laboratoryRows.$inferSelect
export type TriggerEvent = typeof eventRows.$inferSelect
export type Service = typeof serviceRows.$inferSelect

const byId = prepared(on =>
  on
    .select()
    .from(laboratoryRows)
    .where(eq(laboratoryRows.id, given('id'))),
)
const all = prepared(on => on.select().from(laboratoryRows).orderBy(asc(laboratoryRows.id)))
const allEvents = prepared(on => on.select().from(eventRows).orderBy(asc(eventRows.position), asc(eventRows.id)))
const allServices = prepared(on =>
  on.select().from(serviceRows).orderBy(asc(serviceRows.position), asc(serviceRows.id)),
)

export async function laboratory(tx: Tx, id: string): Promise<Laboratory | undefined> {
  const [row] = await byId(tx).execute({ id })
  return row
}

export const laboratories = async (tx: Tx): Promise<Laboratory[]> => all(tx).execute()

/** Those that work for a community, by name or because they work for all. */
export const laboratoriesOf = async (tx: Tx, community: string): Promise<Laboratory[]> =>
  (await laboratories(tx)).filter(
    ({ covers: { communities } }) => communities.length === 0 || communities.includes(community),
  )

/** What can make an administration ask, in the kit's order. */
export const triggerEvents = async (tx: Tx): Promise<TriggerEvent[]> => allEvents(tx).execute()

export const services = async (tx: Tx): Promise<Service[]> => allServices(tx).execute()

/** Adds a laboratory of the kit, or brings it up to date. */
export async function saveLaboratory(tx: Tx, row: Laboratory): Promise<void> {
  await queries(tx).insert(laboratoryRows).values(row).onConflictDoUpdate({ target: laboratoryRows.id, set: row })
}
export async function saveTriggerEvent(tx: Tx, row: TriggerEvent): Promise<void> {
  await queries(tx).insert(eventRows).values(row).onConflictDoUpdate({ target: eventRows.id, set: row })
}
export async function saveService(tx: Tx, row: Service): Promise<void> {
  await queries(tx).insert(serviceRows).values(row).onConflictDoUpdate({ target: serviceRows.id, set: row })
}

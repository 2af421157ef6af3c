import { and, asc, count, eq, isNotNull, or } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { Place, PlatformName } from '#src/core/interaction.ts'
import { queries } from './database.ts'
import { newId } from './ids.ts'
import { given, prepared } from './prepared.ts'
import { hasRole, rolesOf, scopesOf } from './roles.ts'
import { places } from './schema.ts'
import { programme } from './settings.ts'

export type PlaceRow = typeof places.$inferSelect
export type Purpose = NonNullable<PlaceRow['purpose']>
/** A shared place as it is written to: with its name and feast besides. */
export interface BoundPlace extends Place {
  name: string
  feast?: string
}

const asPlace = (row: PlaceRow): BoundPlace => ({
  platform: row.platform,
  workspace: row.workspace,
  id: row.address,
  locale: row.locale,
  timezone: row.timezone,
  direct: false,
  name: row.name,
  ...(row.feast && { feast: row.feast }),
})

/** As people write it: on Matrix nothing stands before the name of a room. */
export const placeName = ({ platform, name }: Pick<PlaceRow, 'platform' | 'name'>): string =>
  platform === 'matrix' || name.startsWith('#') ? name : `#${name}`

const native = (platform: PlatformName, workspace: string, address: string) =>
  and(eq(places.platform, platform), eq(places.workspace, workspace), eq(places.address, address))

/** The shared place behind a native id; an unknown one has the programme's language and time. */
export async function placeAt(tx: Tx, platform: PlatformName, workspace: string, address: string): Promise<Place> {
  const row = await boundPlace(tx, { platform, workspace, id: address })
  if (row) return asPlace(row)
  const { locale, timezone } = await programme(tx)
  return { platform, workspace, id: address, locale, timezone, direct: false }
}
const bound = prepared(on =>
  on
    .select()
    .from(places)
    .where(
      and(
        eq(places.platform, given('platform')),
        eq(places.workspace, given('workspace')),
        eq(places.address, given('id')),
      ),
    ),
)
export async function boundPlace(
  tx: Tx,
  { platform, workspace, id }: Pick<Place, 'platform' | 'workspace' | 'id'>,
): Promise<PlaceRow | undefined> {
  const [row] = await bound(tx).execute({ platform, workspace, id })
  return row
}

const meant = prepared(on =>
  on
    .select()
    .from(places)
    .where(and(eq(places.purpose, given('purpose')), eq(places.scope, given('scope'))))
    .orderBy(asc(places.id)),
)
/** Where a community, a laboratory, the coordinators or the whole programme are written to, on every platform. */
export const placesFor = async (tx: Tx, purpose: Purpose, scope = ''): Promise<BoundPlace[]> =>
  (await meant(tx).execute({ purpose, scope })).map(asPlace)

/** Those with a name or a native address, on whichever platform. */
export const placesCalled = async (tx: Tx, called: string): Promise<BoundPlace[]> =>
  (
    await queries(tx)
      .select()
      .from(places)
      .where(or(eq(places.name, called), eq(places.address, called)))
      .orderBy(asc(places.id))
  ).map(asPlace)

/** Every place on a platform that is for something. */
export const placesOn = async (tx: Tx, platform: PlatformName): Promise<BoundPlace[]> =>
  (
    await queries(tx)
      .select()
      .from(places)
      .where(and(eq(places.platform, platform), isNotNull(places.purpose)))
      .orderBy(asc(places.id))
  ).map(asPlace)
/** How many places are for something, by platform. */
export const placesByPlatform = async (tx: Tx): Promise<{ platform: PlatformName; count: number }[]> =>
  queries(tx)
    .select({ platform: places.platform, count: count() })
    .from(places)
    .where(isNotNull(places.purpose))
    .groupBy(places.platform)
    .orderBy(asc(places.platform))
/** What the places of a platform are called there. */
export const addressesOn = async (tx: Tx, platform: PlatformName): Promise<string[]> =>
  (await queries(tx).select({ address: places.address }).from(places).where(eq(places.platform, platform))).map(
    row => row.address,
  )

/** Adds or changes a place by its native address; true when something changed. */
export async function savePlace(tx: Tx, place: Omit<PlaceRow, 'id'>): Promise<void> {
  await queries(tx)
    .insert(places)
    .values({ id: newId(), ...place })
    .onConflictDoUpdate({ target: [places.platform, places.workspace, places.address], set: place })
}

/** The places that concern a person: her communities', her laboratories', the coordinators' and the programme's. */
export async function placesOf(tx: Tx, member: string, platform: PlatformName): Promise<BoundPlace[]> {
  const communities = [...(await scopesOf(tx, member, 'member')), ...(await scopesOf(tx, member, 'coordinator'))]
  const laboratories = await scopesOf(tx, member, 'operator')
  const coordinates = await hasRole(tx, member, 'coordinator')
  const known = (await rolesOf(tx, member)).size > 1
  const concerns = ({ purpose, scope }: PlaceRow): boolean =>
    (purpose === 'community' && communities.includes(scope)) ||
    (purpose === 'laboratory' && laboratories.includes(scope)) ||
    (purpose === 'coordinators' && coordinates) ||
    (purpose === 'programme' && known)
  const rows = await queries(tx).select().from(places).where(eq(places.platform, platform)).orderBy(asc(places.id))
  return rows.filter(concerns).map(asPlace)
}

/** Every place that is known on a platform. */
export const knownPlaces = async (tx: Tx, platform: PlatformName, workspace: string): Promise<BoundPlace[]> =>
  (
    await queries(tx)
      .select()
      .from(places)
      .where(and(eq(places.platform, platform), eq(places.workspace, workspace)))
      .orderBy(asc(places.id))
  ).map(asPlace)

const at = ({ platform, workspace, id }: Pick<Place, 'platform' | 'workspace' | 'id'>) =>
  native(platform, workspace, id)

export async function renamePlace(
  tx: Tx,
  place: Pick<Place, 'platform' | 'workspace' | 'id'>,
  name: string,
): Promise<void> {
  await queries(tx).update(places).set({ name }).where(at(place))
}
/** Nothing is said here any more; the name, when there was something to say. */
export async function closePlace(
  tx: Tx,
  place: Pick<Place, 'platform' | 'workspace' | 'id'>,
): Promise<string | undefined> {
  const row = await boundPlace(tx, place)
  await queries(tx).update(places).set({ purpose: null, scope: '' }).where(at(place))
  return row?.purpose ? row.name : undefined
}

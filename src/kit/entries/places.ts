import { boundPlace, type PlaceRow, placesFor, savePlace } from '#src/storage/places.ts'
import type { Changes, Entry, Fields, Told } from '../change.ts'
import type { Kit } from '../format.ts'
import { identities, type Native, written } from '../identities.ts'
import type { Scene } from '../merge.ts'

type Use = Pick<PlaceRow, 'purpose' | 'scope'>
type Place = Kit['places'][number]

/** A place has a row on each of its platforms. What it is for can be changed where it stands, too (`associa`). */
export const places = (scene: Scene): Entry[] =>
  scene.kit.places.map(place => {
    const { programme } = scene.kit
    const { locale = programme.locale, timezone = programme.timezone, feast = programme.feast } = place
    const use = usesIn(scene.kit).get(place.place) ?? nothing
    return {
      what: 'place',
      name: place.place,
      fields: { locale, timezone, feast, for: shown(use), ...addressesIn(place) },
      theirs: ['for'],
      find: told => find(scene, place, use, told),
      save: (changes, found) => save(scene, place, { locale, timezone, feast: feast ?? null }, { use, changes, found }),
    }
  })

const nothing: Use = { purpose: null, scope: '' }
const shown = ({ purpose, scope }: Use): string | undefined =>
  purpose === null ? undefined : [purpose, scope].filter(Boolean).join(' ')

function usesIn({ programme, communities, laboratories }: Kit): Map<string, Use> {
  return new Map<string, Use>([
    ...programme.places.map((name): [string, Use] => [name, { purpose: 'programme', scope: '' }]),
    ...programme.coordinators_places.map((name): [string, Use] => [name, { purpose: 'coordinators', scope: '' }]),
    ...communities.flatMap(({ id, places }) =>
      places.map((name): [string, Use] => [name, { purpose: 'community', scope: id }]),
    ),
    ...laboratories.flatMap(({ id, places }) =>
      places.map((name): [string, Use] => [name, { purpose: 'laboratory', scope: id }]),
    ),
  ])
}

const platforms = ['slack', 'matrix', 'web'] as const
const addressesIn = (place: Place): Fields =>
  Object.fromEntries(platforms.map(platform => [platform, place[platform] && written(place[platform])]))

const rowOf = ({ tx }: Scene, { platform, workspace, address }: Native): Promise<PlaceRow | undefined> =>
  boundPlace(tx, { platform, workspace, id: address })

async function find(scene: Scene, place: Place, use: Use, told: Told): Promise<Fields | undefined> {
  const rows = []
  for (const each of identities(place)) rows.push((await rowOf(scene, each)) ?? [])
  const known = rows.flat()
  const former = await formerly(scene, place, use, told)
  const [row] = [...former, ...known]
  if (!row) return undefined
  // Where both are there, the kit came back to an address that it had left: the place still stands at the other.
  const addresses = [...known, ...former].map(each => [each.platform, written(each)])
  return {
    locale: row.locale,
    timezone: row.timezone,
    feast: row.feast,
    for: shown(row),
    ...Object.fromEntries(addresses),
  }
}

/** Rows of this place at an address that an earlier kit gave. */
async function formerly(scene: Scene, place: Place, { purpose, scope }: Use, told: Told): Promise<PlaceRow[]> {
  const now = new Set(identities(place).map(written))
  const bound = purpose === null ? [] : await placesFor(scene.tx, purpose, scope)
  const rows = []
  for (const { platform, workspace, id: address } of bound) {
    const each = { platform, workspace, address }
    if (!now.has(written(each)) && told(platform, written(each))) rows.push((await rowOf(scene, each)) ?? [])
  }
  return rows.flat()
}

/** At a former address nothing is said any more; what was said there stays. */
async function save(
  scene: Scene,
  place: Place,
  settings: Pick<PlaceRow, 'locale' | 'timezone' | 'feast'>,
  { use, changes, found }: { use: Use; changes: Changes; found: Fields | undefined },
): Promise<void> {
  const told: Told = (platform, address) => found?.[platform] === address
  const former = await formerly(scene, place, use, told)
  for (const { id: _, ...row } of former) await savePlace(scene.tx, { ...row, ...nothing })
  for (const each of identities(place)) {
    const row = await rowOf(scene, each)
    const moved = former.some(({ platform }) => platform === each.platform)
    const { purpose, scope } = row && !moved && !changes('for') ? row : use
    await savePlace(scene.tx, { ...each, name: place.place, ...settings, purpose, scope })
  }
}

import type { Kit } from './format.ts'
import { identities, written } from './identities.ts'
import { type KitProblem, shown } from './problem.ts'
import type { Lines, Path } from './yaml.ts'

/** Names and identities that belong to two things at once. */
export function repetitions(kit: Kit, lineOf: Lines): KitProblem[] {
  const { programme, people, places } = kit
  // Lines, actions and risks share one numbering: an action cannot be called as a line is.
  const items = [
    ...ids(programme.lines, 'programme', 'lines'),
    ...ids(programme.actions, 'programme', 'actions'),
    ...ids(programme.risks, 'programme', 'risks'),
  ]
  const groups: Spot[][] = [
    ids(kit.organizations, 'organizations'),
    kit.organizations.map(({ ipa }, at) => [ipa, ['organizations', at, 'ipa']]),
    people.map(({ person }, at) => [person, ['people', at, 'person']]),
    people.flatMap((each, at) => natives(each.accounts, 'people', at, 'accounts')),
    places.map(({ place }, at) => [place, ['places', at, 'place']]),
    places.flatMap((each, at) => natives(each, 'places', at)),
    purposes(kit),
    ids(kit.communities, 'communities'),
    ids(kit.laboratories, 'laboratories'),
    ids(kit.services, 'services'),
    ids(kit.trigger_events, 'trigger_events'),
    items,
    ids(kit.practices, 'practices'),
    kit.adoptions.map(({ practice, organization }, at) => [`${practice} + ${organization}`, ['adoptions', at]]),
  ]
  return groups.flatMap(group => twice(group, lineOf))
}

type Spot = readonly [string | undefined, Path]
const ids = (all: { id: string }[], ...path: Path): Spot[] => all.map(({ id }, at) => [id, [...path, at, 'id']])
const natives = (all: Parameters<typeof identities>[0], ...path: Path): Spot[] =>
  identities(all).map(each => [written(each), [...path, each.platform]])

/** A place is of one thing only: what is said there would otherwise be said twice. */
function purposes({ programme, communities, laboratories }: Kit): Spot[] {
  const named = (names: string[], ...path: Path): Spot[] => names.map((name, at) => [name, [...path, at]])
  return [
    ...named(programme.places, 'programme', 'places'),
    ...named(programme.coordinators_places, 'programme', 'coordinators_places'),
    ...communities.flatMap(({ places }, at) => named(places, 'communities', at, 'places')),
    ...laboratories.flatMap(({ places }, at) => named(places, 'laboratories', at, 'places')),
  ]
}

function twice(all: readonly Spot[], lineOf: Lines): KitProblem[] {
  const seen = new Map<string, number>()
  return all.flatMap(([given, path]) => {
    if (given === undefined) return []
    const line = lineOf(path)
    const first = seen.get(given)
    seen.set(given, first ?? line)
    return first === undefined
      ? []
      : [{ path: shown(path), line, reason: { key: 'kit.problems.twice' as const, values: { given, first } } }]
  })
}

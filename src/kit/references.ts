// What one part of the kit says of another: names that must exist, names that must be one thing's only, steps in order.
import type { Key } from '#src/core/message.ts'
import type { Kit } from './format.ts'
import { identities, written } from './identities.ts'
import { nearest } from './nearest.ts'
import { type KitProblem, shown } from './problem.ts'
import type { Path } from './yaml.ts'

type Named = 'person' | 'organization' | 'place' | 'community' | 'service' | 'event' | 'practice' | 'line' | 'job'
interface Mention {
  name: string | undefined
  kind: Named
  path: Path
}
type Lines = (path: Path) => number

/** Everything that does not hold together. `jobs` are those that a schedule can be given to, when they are known. */
export const looseEnds = (kit: Kit, jobs: readonly string[] | undefined, lineOf: Lines): KitProblem[] => [
  ...unknownNames(kit, jobs, lineOf),
  ...repetitions(kit, lineOf),
  ...brokenSteps(kit, lineOf),
]

const unknown: Record<Named, Key> = {
  person: 'kit.problems.unknownPerson',
  organization: 'kit.problems.unknownOrganization',
  place: 'kit.problems.unknownPlace',
  community: 'kit.problems.unknownCommunity',
  service: 'kit.problems.unknownService',
  event: 'kit.problems.unknownEvent',
  practice: 'kit.problems.unknownPractice',
  line: 'kit.problems.unknownLine',
  job: 'kit.problems.unknownJob',
}

function unknownNames(kit: Kit, jobs: readonly string[] | undefined, lineOf: Lines): KitProblem[] {
  const ids = (all: { id: string }[]): Set<string> => new Set(all.map(({ id }) => id))
  const known: Record<Named, ReadonlySet<string>> = {
    person: new Set(kit.people.map(({ person }) => person)),
    organization: ids(kit.organizations),
    place: new Set(kit.places.map(({ place }) => place)),
    community: ids(kit.communities),
    service: ids(kit.services),
    event: ids(kit.trigger_events),
    practice: ids(kit.practices),
    line: ids(kit.programme.lines),
    job: new Set(jobs ?? Object.keys(kit.schedules)),
  }
  return mentions(kit).flatMap(({ name, kind, path }) => {
    if (name === undefined || known[kind].has(name)) return []
    const perhaps = nearest(name, known[kind])
    const problem = { path: shown(path), line: lineOf(path), reason: { key: unknown[kind], values: { given: name } } }
    return [{ ...problem, ...(perhaps !== undefined && { perhaps }) }]
  })
}

/** Every name that stands for something described elsewhere. */
function mentions(kit: Kit): Mention[] {
  const one = (kind: Named, name: string | undefined, ...path: Path): Mention => ({ kind, name, path })
  const many = (kind: Named, names: string[], ...path: Path): Mention[] =>
    names.map((name, at) => one(kind, name, ...path, at))
  const { programme } = kit
  const items = { lines: programme.lines, actions: programme.actions, risks: programme.risks }
  return [
    ...many('place', programme.places, 'programme', 'places'),
    ...many('place', programme.coordinators_places, 'programme', 'coordinators_places'),
    ...Object.entries(items).flatMap(([list, all]) =>
      all.map(({ owner }, at) => one('person', owner, 'programme', list, at, 'owner')),
    ),
    ...programme.actions.map(({ line }, at) => one('line', line, 'programme', 'actions', at, 'line')),
    ...kit.people.map(({ organization }, at) => one('organization', organization, 'people', at, 'organization')),
    ...kit.communities.flatMap(({ coordinators, members, places }, at) => [
      ...many('person', coordinators, 'communities', at, 'coordinators'),
      ...many('person', members, 'communities', at, 'members'),
      ...many('place', places, 'communities', at, 'places'),
    ]),
    ...kit.trigger_events.flatMap(({ services }, at) => many('service', services, 'trigger_events', at, 'services')),
    ...kit.laboratories.flatMap(({ operators, places, covers }, at) => [
      ...many('person', operators, 'laboratories', at, 'operators'),
      ...many('place', places, 'laboratories', at, 'places'),
      ...many('community', covers.communities, 'laboratories', at, 'covers', 'communities'),
      ...many('event', covers.events, 'laboratories', at, 'covers', 'events'),
      ...many('practice', covers.practices, 'laboratories', at, 'covers', 'practices').filter(
        ({ name }) => !isNumber(name),
      ),
    ]),
    ...Object.keys(kit.schedules).map(name => one('job', name, 'schedules', name)),
    ...kit.practices.flatMap(({ provider, community }, at) => [
      one('organization', provider, 'practices', at, 'provider'),
      one('community', community, 'practices', at, 'community'),
    ]),
    ...kit.adoptions.flatMap(({ practice, organization, owner }, at) => [
      one('practice', practice, 'adoptions', at, 'practice'),
      one('organization', organization, 'adoptions', at, 'organization'),
      one('person', owner, 'adoptions', at, 'owner'),
    ]),
  ]
}

/** `P-0012`: a practice by the number that the bot gave it. */
export const isNumber = (name: string | undefined): boolean => name !== undefined && /^P-\d{4,}$/.test(name)

/** Names and identities that belong to two things at once. */
function repetitions(kit: Kit, lineOf: Lines): KitProblem[] {
  const { programme } = kit
  return [
    ...twice(
      kit.organizations.map(({ id }, at) => [id, ['organizations', at, 'id']]),
      lineOf,
    ),
    ...twice(
      kit.organizations.map(({ ipa }, at) => [ipa, ['organizations', at, 'ipa']]),
      lineOf,
    ),
    ...twice(
      kit.people.map(({ person }, at) => [person, ['people', at, 'person']]),
      lineOf,
    ),
    ...twice(
      kit.places.map(({ place }, at) => [place, ['places', at, 'place']]),
      lineOf,
    ),
    ...twice(ids(kit.communities, 'communities'), lineOf),
    ...twice(ids(kit.laboratories, 'laboratories'), lineOf),
    ...twice(ids(kit.services, 'services'), lineOf),
    ...twice(ids(kit.trigger_events, 'trigger_events'), lineOf),
    ...twice(ids(kit.practices, 'practices'), lineOf),
    // They share one numbering: an action cannot be called as a line is.
    ...twice(
      [
        ...ids(programme.lines, 'programme', 'lines'),
        ...ids(programme.actions, 'programme', 'actions'),
        ...ids(programme.risks, 'programme', 'risks'),
      ],
      lineOf,
    ),
    ...twice(purposes(kit), lineOf),
    ...twice(
      kit.people.flatMap((each, at) => natives(each.accounts, 'people', at, 'accounts')),
      lineOf,
    ),
    ...twice(
      kit.places.flatMap((each, at) => natives(each, 'places', at)),
      lineOf,
    ),
    ...twice(
      kit.adoptions.map((each, at) => [`${each.practice} + ${each.organization}`, ['adoptions', at]]),
      lineOf,
    ),
  ]
}

type Place = readonly [string | undefined, Path]
const ids = (all: { id: string }[], ...path: Path): Place[] => all.map(({ id }, at) => [id, [...path, at, 'id']])
const natives = (all: Parameters<typeof identities>[0], ...path: Path): Place[] =>
  identities(all).map(each => [written(each), [...path, each.platform]])

/** A place is of one thing only: what is said there would otherwise be said twice. */
function purposes({ programme, communities, laboratories }: Kit): Place[] {
  const named = (names: string[], ...path: Path): Place[] => names.map((name, at) => [name, [...path, at]])
  return [
    ...named(programme.places, 'programme', 'places'),
    ...named(programme.coordinators_places, 'programme', 'coordinators_places'),
    ...communities.flatMap(({ places }, at) => named(places, 'communities', at, 'places')),
    ...laboratories.flatMap(({ places }, at) => named(places, 'laboratories', at, 'places')),
  ]
}

function twice(all: readonly Place[], lineOf: Lines): KitProblem[] {
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

/** A step without the one before it, or before it in time. */
function brokenSteps({ adoptions }: Kit, lineOf: Lines): KitProblem[] {
  return adoptions.flatMap(({ interested, deploying, in_use, holder }, at) => {
    const steps = Object.entries({ interested, deploying, in_use, holder })
    return steps.slice(1).flatMap(([step, day], index) => {
      const [earlier = '', before] = steps[index] ?? []
      if (day === undefined || (before !== undefined && before <= day)) return []
      const path = ['adoptions', at, step]
      return [
        {
          path: shown(path),
          line: lineOf(path),
          reason: { key: 'kit.problems.badStep' as const, values: { step, earlier } },
        },
      ]
    })
  })
}

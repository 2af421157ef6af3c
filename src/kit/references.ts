// What one part of the kit says of another: names that must exist, names that must be one thing's only, steps in order.
import type { Key } from '#src/core/message.ts'
import { nearest } from '#src/core/nearest.ts'
import type { Kit } from './format.ts'
import { type KitProblem, shown } from './problem.ts'
import { repetitions } from './repetitions.ts'
import type { Lines, Path } from './yaml.ts'

type Named = 'person' | 'organization' | 'place' | 'community' | 'service' | 'event' | 'practice' | 'line' | 'job'
interface Mention {
  name: string | undefined
  kind: Named
  path: Path
}

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
const mentions = (kit: Kit): Mention[] => [
  ...inProgramme(kit),
  ...kit.people.map(({ organization }, at) => one('organization', organization, 'people', at, 'organization')),
  ...inCommunities(kit),
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

const one = (kind: Named, name: string | undefined, ...path: Path): Mention => ({ kind, name, path })
const many = (kind: Named, names: string[], ...path: Path): Mention[] =>
  names.map((name, at) => one(kind, name, ...path, at))

function inProgramme({ programme }: Kit): Mention[] {
  const { lines, actions, risks } = programme
  return [
    ...many('place', programme.places, 'programme', 'places'),
    ...many('place', programme.coordinators_places, 'programme', 'coordinators_places'),
    ...Object.entries({ lines, actions, risks }).flatMap(([list, all]) =>
      all.map(({ owner }, at) => one('person', owner, 'programme', list, at, 'owner')),
    ),
    ...actions.map(({ line }, at) => one('line', line, 'programme', 'actions', at, 'line')),
  ]
}

const inCommunities = ({ communities, trigger_events: events, laboratories }: Kit): Mention[] => [
  ...communities.flatMap(({ coordinators, members, places }, at) => [
    ...many('person', coordinators, 'communities', at, 'coordinators'),
    ...many('person', members, 'communities', at, 'members'),
    ...many('place', places, 'communities', at, 'places'),
  ]),
  ...events.flatMap(({ services }, at) => many('service', services, 'trigger_events', at, 'services')),
  ...laboratories.flatMap(({ operators, places, covers }, at) => [
    ...many('person', operators, 'laboratories', at, 'operators'),
    ...many('place', places, 'laboratories', at, 'places'),
    ...many('community', covers.communities, 'laboratories', at, 'covers', 'communities'),
    ...many('event', covers.events, 'laboratories', at, 'covers', 'events'),
    ...many('practice', covers.practices, 'laboratories', at, 'covers', 'practices').filter(
      ({ name }) => !isNumber(name),
    ),
  ]),
]

/** `P-0012`: a practice by the number that the bot gave it. */
const isNumber = (name: string | undefined): boolean => name !== undefined && /^P-\d{4,}$/.test(name)

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

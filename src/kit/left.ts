import type { Tx } from '#src/core/feature.ts'
import { communities, membersOf } from '#src/features/communities/store.ts'
import { people } from '#src/storage/members.ts'
import type { Change, What } from './change.ts'
import { keyOf, type Memory, named } from './memory.ts'

type About = Pick<Change, 'what' | 'name' | 'of'>

/** What the last kit named and this one does not. */
export async function left(tx: Tx, memory: Memory, next: Memory): Promise<Change[]> {
  const gone = new Set(Object.keys(memory).filter(key => !(key in next)))
  if (gone.size === 0) return []
  const isGone = (about: About): boolean => gone.has(keyOf(about))
  // Who is gone from the kit, or whose community is, was a member with all the rest.
  const alone = ({ name, of = '' }: About): boolean =>
    !isGone({ what: 'person', name }) && !isGone({ what: 'community', name: of })
  const somebody = [...(await persons(tx)), ...(await memberships(tx)).filter(alone)].filter(isGone)
  return [...[...gone].flatMap(thing), ...somebody].map(about => ({ kind: 'left', ...about }))
}

const things: readonly What[] = [
  'organization',
  'place',
  'community',
  'service',
  'event',
  'laboratory',
  'line',
  'action',
  'risk',
  'practice',
  'adoption',
]

function thing(key: string): About[] {
  const about = named(key)
  const what = things.find(kind => kind === about?.what)
  return about && what ? [{ what, name: about.name, ...(about.of && { of: about.of }) }] : []
}

// Everyone whom a kit may have named, and where they are: the memory does not tell.
const persons = async (tx: Tx): Promise<About[]> => (await people(tx)).map(name => ({ what: 'person', name }))

async function memberships(tx: Tx): Promise<About[]> {
  const all: About[] = []
  for (const { id } of await communities(tx))
    for (const { person } of await membersOf(tx, id)) if (person) all.push({ what: 'member', name: person, of: id })
  return all
}

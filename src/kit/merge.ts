import type { Tx } from '#src/core/feature.ts'
import { memberNamed } from '#src/storage/members.ts'
import type { Change, Entry, Fields } from './change.ts'
import { catalogue } from './entries/catalogue.ts'
import { communities, laboratories, services } from './entries/communities.ts'
import { organizations, people } from './entries/people.ts'
import { places } from './entries/places.ts'
import { items, programme } from './entries/programme.ts'
import { endedRoles, members, roles } from './entries/roles.ts'
import type { Kit } from './format.ts'
import { left } from './left.ts'
import { canonical, keyOf, type Memory, prints, remember, remembered, told } from './memory.ts'

/** What the entries are made from. */
export interface Scene {
  tx: Tx
  kit: Kit
  now: Temporal.Instant
}

// In this order, because each may name what comes before it.
const sections: readonly ((scene: Scene) => Promise<Entry[]> | Entry[])[] = [
  programme,
  organizations,
  people,
  communities,
  services,
  catalogue,
  laboratories,
  places,
  items,
  roles,
  members,
]

/**
 * Walks through the kit beside the database, and writes what differs unless it is only a plan. Nothing is ever deleted;
 * only a role that an earlier kit gave, and this one gives no more, ends.
 */
export async function merge(tx: Tx, whole: Kit, now: Temporal.Instant, write: boolean): Promise<Change[]> {
  const memory = await remembered(tx)
  const gone = await forgotten(tx, whole, memory)
  const kit = without(whole, gone)
  const next: Memory = Object.fromEntries([...gone].map(name => [keyOf({ what: 'person', name }), {}]))
  const changes: Change[] = []
  for (const section of sections) {
    for (const entry of await section({ tx, kit, now })) {
      const before = memory[keyOf(entry)]
      next[keyOf(entry)] = prints(entry.fields)
      const change = await settle(entry, before, write)
      if (change) changes.push(change)
    }
  }
  for (const { change, end } of await endedRoles(tx, memory, next)) {
    changes.push(change)
    if (write) await end()
  }
  changes.push(...(await left(tx, memory, next)))
  if (write && canonical(memory) !== canonical(next)) await remember(tx, next)
  return changes
}

async function settle(
  entry: Entry,
  before: Record<string, string> | undefined,
  write: boolean,
): Promise<Change | undefined> {
  const found = await entry.find(told(before))
  const about = { what: entry.what, name: entry.name, ...(entry.of !== undefined && { of: entry.of }) }
  if (!found) {
    if (before && entry.once) return undefined
    if (write) await entry.save(() => true, undefined)
    return { kind: 'add', ...about }
  }
  const fields = Object.keys(entry.fields)
    .filter(name => differs(entry, name, found, before))
    .map(name => ({ name, before: found[name], after: entry.fields[name] }))
  if (fields.length === 0) return undefined
  const names = new Set(fields.map(({ name }) => name))
  if (write) await entry.save(name => names.has(name), found)
  return { kind: 'change', ...about, fields }
}

function differs(entry: Entry, name: string, found: Fields, before: Record<string, string> | undefined): boolean {
  if (canonical(found[name]) === canonical(entry.fields[name])) return false
  if (!entry.theirs?.includes(name)) return true
  return before ? !told(before)(name, entry.fields[name]) : (found[name] ?? null) === null
}

/** Those of the kit who are gone because they asked to be forgotten. */
async function forgotten(tx: Tx, kit: Kit, memory: Memory): Promise<Set<string>> {
  const gone = new Set<string>()
  for (const { person: name } of kit.people) {
    const met = memory[keyOf({ what: 'person', name })] !== undefined
    if (met && !(await memberNamed(tx, name))) gone.add(name)
  }
  return gone
}

/** The kit as if it had never named them. */
function without(kit: Kit, gone: ReadonlySet<string>): Kit {
  const here = (name: string): boolean => !gone.has(name)
  const owned = <T extends { owner?: string | undefined }>(all: T[]): T[] =>
    all.map(each => (each.owner !== undefined && !here(each.owner) ? { ...each, owner: undefined } : each))
  const { lines, actions, risks } = kit.programme
  return {
    ...kit,
    programme: { ...kit.programme, lines: owned(lines), actions: owned(actions), risks: owned(risks) },
    people: kit.people.filter(({ person }) => here(person)),
    communities: kit.communities.map(each => ({
      ...each,
      coordinators: each.coordinators.filter(here),
      members: each.members.filter(here),
    })),
    laboratories: kit.laboratories.map(each => ({ ...each, operators: each.operators.filter(here) })),
    adoptions: owned(kit.adoptions),
  }
}

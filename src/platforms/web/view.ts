import type { Translate } from '#src/core/message.ts'
import type { OpenForm } from '#src/core/platform.ts'
import type { Visit } from './acts.ts'
import { type Entry, positionOf } from './history.ts'
import { type Paths, pathsOf } from './paths.ts'
import type { Attempt } from './pending.ts'
import { DIRECT, directId, type Job, type Person, type Workspace } from './workspace.ts'

/** A place in the list, as one person sees it. */
export interface Door {
  id: string
  name: string
  direct: boolean
  inside: boolean
  /** How much was said since she last looked. */
  unread: number
}
/** A message with those in its thread. */
export interface Threaded {
  entry: Entry
  replies: readonly Entry[]
}
/** Everything one page shows. */
export interface View {
  /** The words of the page itself; the bot speaks to each in their own. */
  t: Translate
  person: Person
  people: readonly Person[]
  here: Door
  doors: readonly Door[]
  said: readonly Threaded[]
  /** More was said than is shown. */
  more: boolean
  form?: { open: OpenForm; attempt: Attempt; names: Record<string, string>; t: Translate }
  jobs: readonly Job[]
  now: Temporal.Instant
  next?: Temporal.Instant
  version: string
  at: Paths
  locales: readonly string[]
  /** Loaded whole, and not in the place of an earlier one. */
  loaded: boolean
  token: string
}

export interface Looking {
  visit: Visit
  locale: string
  loaded: boolean
  /** How many messages to show. */
  last: number
  token: string
}

export async function viewOf({ visit, locale, loaded, last, token }: Looking, workspace: Workspace): Promise<View> {
  const { person, place } = visit
  const { intake, time, history, news, locales } = workspace
  const version = news.version()
  const entries = (await history.of(place.id, last + 1)).filter(seenBy(person))
  await look(visit, entries, workspace)
  const doors = await doorsOf(person, workspace)
  const here = doors.find(({ id }) => id === place.id)
  if (!here) throw new Error(`no place ${place.id}`)
  const form = await formOf(person, workspace)
  const next = await time.next()
  return {
    t: intake.t({ locale, timezone: person.timezone }),
    person,
    people: await workspace.people(),
    here,
    doors,
    said: threads(entries.slice(-last)),
    more: entries.length > last,
    ...(form && { form }),
    jobs: await workspace.jobs(),
    now: time.now(),
    ...(next && { next }),
    version,
    at: pathsOf(person.account, place.id),
    locales,
    loaded,
    token,
  }
}

const seenBy =
  ({ id }: Person) =>
  ({ onlyFor }: Entry): boolean =>
    onlyFor === undefined || onlyFor === id

/** What is on the page has been read. */
async function look(
  { person, place }: Visit,
  entries: readonly Entry[],
  { marks, presence }: Workspace,
): Promise<void> {
  const inside = place.direct || (await presence.of(person.account)).includes(place.id)
  const latest = entries.at(-1)
  if (inside && latest) await marks.put(person.account, place.id, positionOf(latest), person.id)
}

async function doorsOf(person: Person, workspace: Workspace): Promise<Door[]> {
  const inside = await workspace.presence.of(person.account)
  const rooms = (await workspace.rooms()).map(room => ({ ...room, direct: false, inside: inside.includes(room.id) }))
  const all = [{ id: directId(person.account), name: DIRECT, direct: true, inside: true }, ...rooms]
  const doors: Door[] = []
  for (const door of all) doors.push({ ...door, unread: door.inside ? await unread(person, door.id, workspace) : 0 })
  return doors
}

/** No more than these are counted. */
const MANY = 20

async function unread(person: Person, place: string, { history, marks }: Workspace): Promise<number> {
  const read = await marks.of(person.account, place)
  const fresh = (each: Entry): boolean => positionOf(each) > read && each.said?.by !== person.id
  return (await history.of(place, MANY)).filter(seenBy(person)).filter(fresh).length
}

/** Replies stand beneath their root; those whose root is gone stand for themselves. */
export function threads(entries: readonly Entry[]): Threaded[] {
  const keys = new Set(entries.map(({ key }) => key))
  const isReply = ({ under }: Entry): boolean => under !== undefined && keys.has(under)
  const replies = Map.groupBy(entries.filter(isReply), ({ under }) => under)
  return entries.filter(each => !isReply(each)).map(entry => ({ entry, replies: replies.get(entry.key) ?? [] }))
}

async function formOf(person: Person, { intake, pending }: Workspace): Promise<View['form']> {
  const open = await intake.form(person)
  if (!open) return undefined
  const names: Record<string, string> = {}
  for (const { name, source, known } of open.questions) {
    const [first] = source && known ? await intake.search(source, known, person) : []
    if (first && first.value === known) names[name] = first.label
  }
  return { open, attempt: pending.of(person.id), names, t: intake.t(person) }
}

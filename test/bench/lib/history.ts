import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from '#src/core/feature.ts'
import { spelled } from '#src/core/fold.ts'
import { memberships } from '#src/features/communities/schema.ts'
import { requests } from '#src/features/laboratories/schema.ts'
import { searchable } from '#src/features/practices/rules.ts'
import { adoptions, practices } from '#src/features/practices/schema.ts'
import { queries, type Store } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { members, organizations } from '#src/storage/schema.ts'

const DAY = 24 * 60 * 60 * 1000

/** The words that titles and texts are made of: a few that many share, and many that few share. */
const common =
  'gestione sportello servizio digitale comune pratica modulo cittadini edilizia ambiente energia scuola'.split(' ')
const rare = (n: number): string => `parola${(n * 7919) % 20_011}`

export interface Stretch {
  /** How many rows, one after the other over the days. */
  count: number
  from: Temporal.Instant
  days: number
  /** Numbers of practices and requests begin after this one. */
  after: number
}

/**
 * What a community leaves behind in a stretch of time: a tenth are practices, as many are adoptions up to their end, four are
 * requests that were closed, and the rest are members who came.
 */
export async function past(store: Store, { count, from, days, after }: Stretch): Promise<void> {
  const tenth = Math.ceil(count / 10)
  const places = await store.transaction(tx => organizationsIn(tx, tenth))
  const over = <Row>(rows: number, row: (n: number, at: number) => Row): Row[] =>
    Array.from({ length: rows }, (_, n) => row(n, from.epochMilliseconds + Math.floor((n / rows) * days * DAY)))
  const published = over(tenth, (n, at) => practiceOf(after + n + 1, at, places[n] ?? ''))
  await inserted(store, practices, published)
  const adopted = over(tenth, (n, at) => adoptionOf(published[n]?.id ?? '', places[(n + 1) % tenth] ?? '', at))
  await inserted(store, adoptions, adopted)
  await inserted(
    store,
    requests,
    over(4 * tenth, (n, at) => requestOf(after + n + 1, at)),
  )
  const people = over(2 * tenth, (n, at) => memberOf(after + n, at))
  await inserted(store, members, people)
  await inserted(
    store,
    memberships,
    people.map(({ id, createdAt }) => membershipOf(id, createdAt)),
  )
}

async function organizationsIn(tx: Tx, count: number): Promise<string[]> {
  const rows = Array.from({ length: Math.max(2, count) }, () => newId()).map(id => ({
    id,
    name: `Comune ${id}`,
    folded: `comune ${id}`,
    words: spelled(`Comune ${id}`),
    kind: 'administration' as const,
  }))
  for (const part of parts(rows)) await queries(tx).insert(organizations).values(part)
  return rows.map(({ id }) => id)
}

function practiceOf(number: number, at: number, provider: string) {
  const words = [number, number + 5, number * 3].map(n => common[n % common.length] ?? '')
  const title = `${words[0]} ${rare(number)} ${number}`
  const summary = `${words[1]} per il ${words[2]} ${rare(number + 1)}`
  const description = `Un modo di fare ${words.join(' ')} con ${rare(number + 2)} e ${rare(number + 3)}, provato da un ente.`
  return {
    id: newId(),
    number,
    title,
    summary,
    description,
    provider,
    community: 'suape',
    categories: [],
    state: 'published' as const,
    ...searchable({ title, summary, description }),
    proposedAt: at,
    publishedAt: at,
    changedAt: at,
  }
}

const adoptionOf = (practice: string, organization: string, at: number) => ({
  id: newId(),
  practice,
  organization,
  state: 'holder' as const,
  interestedAt: at,
  deployingAt: at + DAY,
  inUseAt: at + 2 * DAY,
  holderAt: at + 3 * DAY,
})

const requestOf = (number: number, at: number) => ({
  id: newId(),
  number: `B-${number}`,
  event: 'reuser_support',
  need: 'Serve una mano con il dispiegamento',
  urgency: 'normal' as const,
  state: 'closed' as const,
  openedAt: at,
  answeredAt: at + 3_600_000,
  target: 8,
  dueAt: at + DAY,
  solvedAt: at + DAY,
  closedAt: at + 2 * DAY,
  services: [],
  cards: [],
  version: 1,
})

const memberOf = (n: number, at: number) => ({
  id: newId(),
  name: `Persona ${n}`,
  locale: 'it',
  timezone: 'Europe/Rome',
  createdAt: at,
})
const membershipOf = (member: string, at: number) => ({
  id: newId(),
  member,
  community: 'suape',
  state: 'member' as const,
  startedAt: at,
  joinedAt: at,
  introductions: [],
})

/** As many rows as one statement takes. */
function* parts<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += 500) yield rows.slice(at, at + 500)
}
async function inserted<T extends SQLiteTable>(
  store: Store,
  table: T,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  await store.transaction(async tx => {
    for (const part of parts(rows))
      await queries(tx)
        .insert(table)
        .values(part as never)
  })
}

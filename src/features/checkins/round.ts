import type { Tx, World } from '#src/core/feature.ts'
import { adoptionsForCheckIn } from '#src/features/practices/store.ts'
import { rolesOf } from '#src/storage/roles.ts'
import { type Programme, programme } from '#src/storage/settings.ts'
import { dueAt } from './closing.ts'
import {
  type Entry,
  type Item,
  isAsked,
  isDone,
  isUnderReview,
  keyOf,
  monthStart,
  previous,
  standing,
} from './rules.ts'
import { answersOf, type Period, periods, programmeItems, reviewsBefore, reviewsOf } from './store.ts'

/** One period with everything that is asked in it, in the order of the kit; adoptions last. */
export interface Round {
  period: Period
  home: Programme
  /** When answers are due; undefined where the kit's own rule does not close in the month in which they are collected. */
  due: Temporal.Instant | undefined
  entries: Entry[]
}

/** The period that answers belong to now: the newest on record, open or closed. */
export const currentPeriod = async (tx: Tx): Promise<Period | undefined> => (await periods(tx)).at(-1)

export async function currentRound(world: World): Promise<Round | undefined> {
  const newest = await currentPeriod(world.tx)
  return newest && roundOf(newest, world)
}

export async function roundOf(period: Period, world: World): Promise<Round> {
  const { tx } = world
  const home = await programme(tx)
  const answers = by(await answersOf(tx, period.id), keyOfAnswer)
  const before = by(await answersOf(tx, previous(period.id)), keyOfAnswer)
  const reviews = by(await reviewsOf(tx, period.id), ({ risk }) => `risk:${risk}`)
  const reviewsEarlier = by(await reviewsBefore(tx, period.id), ({ risk }) => `risk:${risk}`)
  const first = !(await periods(tx)).some(({ id, openedAt }) => id < period.id && openedAt !== null)
  const items = [...(await ofProgramme(tx)), ...(await adopted(tx, period, home.timezone, answers))]
  const entries = items.map((item): Entry => {
    const key = keyOf(item)
    return {
      period: period.id,
      item,
      first,
      answer: answers.get(key),
      before: before.get(key),
      review: reviews.get(key),
      reviewBefore: reviewsEarlier.get(key),
    }
  })
  return { period, home, due: await dueAt(period, home, world), entries }
}

const keyOfAnswer = ({ kind, item }: { kind: Item['kind']; item: string }): string => keyOf({ kind, id: item })
// Of several under one key the last stays: reviews come oldest first.
const by = <T>(rows: readonly T[], key: (row: T) => string): Map<string, T> => new Map(rows.map(row => [key(row), row]))

const ofProgramme = async (tx: Tx): Promise<Item[]> =>
  (await programmeItems(tx)).map(({ id, kind, line, name, owner }) => ({ kind, id, code: id, name, owner, line }))

async function adopted(tx: Tx, period: Period, zone: string, answers: ReadonlyMap<string, unknown>): Promise<Item[]> {
  const rows = await adoptionsForCheckIn(tx, monthStart(period.id, zone))
  return rows
    .filter(row => answers.has(`adoption:${row.id}`) || isUnderReview(row, period, zone))
    .map(row => ({
      kind: 'adoption',
      id: row.id,
      code: row.number,
      name: { it: `${row.title} · ${row.organization}` },
      owner: row.owner,
      practice: row.practice,
    }))
}

/** What a member answers for, of what is asked. */
export const hers = ({ entries }: Round, member: string): Entry[] => entries.filter(({ item }) => item.owner === member)
export const missing = (entries: readonly Entry[]): Entry[] => entries.filter(entry => !isDone(entry))
export const asked = ({ entries }: Round): Entry[] => entries.filter(isAsked)
/** Everyone who answers for something, each once. */
export const owners = ({ entries }: Round): string[] => [...new Set(entries.flatMap(({ item }) => item.owner ?? []))]

export const isOpen = ({ period, due }: Round, now: Temporal.Instant): boolean => standing(period, due, now) === 'open'
export const isAdministrator = async (tx: Tx, member: string): Promise<boolean> =>
  (await rolesOf(tx, member)).has('administrator')

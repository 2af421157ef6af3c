import type { Tx } from '#src/core/feature.ts'
import type { Ports } from '#src/core/ports.ts'
import type { Store } from '#src/storage/database.ts'
import { isUnable } from '#src/storage/failures.ts'
import { newId } from '#src/storage/ids.ts'
import { member } from '#src/storage/members.ts'
import { type Letter, letterWithKey, PROGRESS } from '../letters.ts'
import { outboxIn } from '../outbox.ts'
import { progress } from './messages.ts'
import { endFanOut, fanOut, fanOutIds, goingOn, noteTold, type Standing, standingOf } from './store.ts'

/** Tells those who started long fan-outs how far they are, in one message that changes. */
export interface Progress {
  /** These went out, or never will. */
  went(letters: readonly Pick<Letter, 'fanOut'>[]): void
  /** Looks at those that moved, once in a while, or at once when nothing else is on its way. True when it had something to tell. */
  look(isIdle: boolean): Promise<boolean>
}
interface Options {
  store: Store
  now: () => Temporal.Instant
  /** Milliseconds of a clock that only runs forward. */
  elapsed: () => number
  t: Ports['t']
}

/** Her message changes so many times at most, however long it takes. */
const STEPS = 20
/** In milliseconds. */
const A_WHILE = 1000
/** What was taken back, or dropped by somebody else, goes nowhere: those that go on are looked at so often. In milliseconds. */
const A_MINUTE = 60_000

export function openProgress({ store, now, elapsed, t }: Options): Progress {
  const moved = new Set<string>()
  let next = Number.NEGATIVE_INFINITY
  const unmoved = openRounds(store)
  const look = async (id: string): Promise<boolean> => {
    const [row, standing] = await store.read(async tx => [await fanOut(tx, id), await standingOf(tx, id)] as const)
    if (!row) return false
    const isNews = row.stopped || standing.left === 0 || stepOf(standing) > row.told
    return isNews && store.transaction(tx => tellFurther(tx, id, now(), t))
  }
  // What could not be written down is looked at again; over a mistake of ours nobody stumbles twice.
  const lookOnce = async (id: string): Promise<boolean> => {
    moved.delete(id)
    try {
      return await look(id)
    } catch (error) {
      if (isUnable(error)) moved.add(id)
      throw error
    }
  }
  return {
    went: letters => {
      for (const letter of letters) if (letter.fanOut) moved.add(letter.fanOut)
    },
    look: async isIdle => {
      const at = elapsed()
      for (const id of await unmoved(at)) moved.add(id)
      if (moved.size === 0 || (!isIdle && at < next)) return false
      next = at + A_WHILE
      let news = false
      for (const id of [...moved]) if (await lookOnce(id)) news = true
      return news
    },
  }
}

/** Those to be looked at though nothing of them went out: what a process left behind when it ended, and later those that go on. */
function openRounds(store: Store): (at: number) => Promise<string[]> {
  let next: number | undefined
  return async at => {
    if (next !== undefined && at < next) return []
    const ids = await store.read(next === undefined ? fanOutIds : goingOn)
    next = at + A_MINUTE
    return ids
  }
}

const stepOf = ({ total, left }: Standing): number => Math.floor(((total - left) * STEPS) / Math.max(1, total))

/** Says how far it is, unless somebody else has. */
async function tellFurther(tx: Tx, id: string, now: Temporal.Instant, t: Ports['t']): Promise<boolean> {
  const standing = await standingOf(tx, id)
  const row = await fanOut(tx, id)
  const isFirst = standing.left === 0 ? await endFanOut(tx, id) : await noteTold(tx, id, stepOf(standing))
  if (!row || !isFirst) return false
  await tell(tx, { ...row, standing }, now, t)
  return true
}

/** The message to her, or its new state. */
export async function tell(
  tx: Tx,
  { id, starter, stopped, standing }: { id: string; starter: string; stopped: boolean; standing: Standing },
  now: Temporal.Instant,
  t: Ports['t'],
): Promise<void> {
  const reader = await member(tx, starter)
  if (!reader) return
  const key = `${PROGRESS}${id}`
  const earlier = await letterWithKey(tx, key)
  const message = progress(t(reader), id, stopped, standing)
  const post = { to: { member: starter }, message, key: earlier ? `${key}:${newId()}` : key }
  await outboxIn(tx, { author: starter }, now).enqueue({ ...post, ...(earlier && { instead: key }) })
}

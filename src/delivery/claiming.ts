import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { given, prepared } from '#src/storage/prepared.ts'
import { type Around, destined, type Parcel } from './destination.ts'
import { earliest, glance, heads, lettersWithIds, releaseHeld } from './lanes.ts'
import { changeUnsent, type Letter } from './letters.ts'
import type { Pace } from './pacing/pace.ts'
import { LANES, type Lane, outbox } from './schema.ts'

/** What the sender knows when it looks for letters; it changes nothing of it before the transaction is through. */
export interface Outlook extends Around {
  pace: Pace
  /** Milliseconds of the pacing clock. */
  elapsed: number
  /** Without limits nothing overtakes: everything is one queue, in the order in which it was decided. */
  inOrder: boolean
  /** Whether a letter of this queue is on its way, or its lane rests. */
  stands: (lane: Lane, queue: string) => boolean
  /** How many more letters of a lane can be on their way at the same time. */
  room: (platform: string, lane: Lane) => number
  /** The queue at which the last look at a lane stopped: the next goes on behind it, so that each has its turn. */
  cursor: Readonly<Record<Lane, string>>
  /** Makes queues ours; the names of those that nobody else works on. */
  own: (tx: Tx, queues: readonly string[]) => Promise<ReadonlySet<string>>
  /** Gives up a letter that can never be delivered. */
  bury: (tx: Tx, letter: Letter, failure: string) => Promise<void>
}
export interface Claimed {
  parcels: Parcel[]
  /** Lanes of queues that rest, until when on the pacing clock. */
  resting: { lane: Lane; queue: string; until: number }[]
  cursor: Record<Lane, string>
  /** What was written down may have made way for other letters. */
  again: boolean
  /** To be called when the transaction is through. */
  keep(): void
}

/** Queues that are looked at in one step; letters, where everything is one queue. */
const PAGE = 32
const FEW = 8
/** How long a queue is left alone on which somebody else works, in milliseconds. */
const SOMEBODY_ELSES = 1000

/** Looks for letters that can go now and marks them as being sent, in one transaction: from then on each may have arrived. */
export async function claim(tx: Tx, outlook: Outlook): Promise<Claimed> {
  const seen = await glance(tx, outlook.now)
  const again = seen.due && (await releaseHeld(tx, outlook.now))
  const trial = outlook.pace.trial(outlook.elapsed)
  const claimed: Claimed = { parcels: [], resting: [], cursor: { ...outlook.cursor }, again, keep: trial.keep }
  // Who must wait for a bucket that others wait for too is told when the turn will come, and nobody asks before.
  const hand = { claimed, trial, line: outlook.pace.trial(outlook.elapsed), chosen: new Set<string>() }
  // What was just released may be in any lane.
  const lanes = seen.due ? Object.values(LANES) : seen.lanes
  if (!outlook.inOrder) for (const lane of lanes) await inLane(tx, lane, hand, outlook)
  else if (lanes.length > 0) await consider(tx, await earliest(tx, FEW), hand, outlook)
  claimed.parcels = await marked(tx, claimed, outlook)
  return claimed
}

interface Hand {
  claimed: Claimed
  trial: ReturnType<Pace['trial']>
  line: ReturnType<Pace['trial']>
  chosen: Set<string>
}

/** Once around all queues of a lane, from where the last look stopped; no further than there is room. */
async function inLane(tx: Tx, lane: Lane, hand: Hand, outlook: Outlook): Promise<void> {
  const from = outlook.cursor[lane]
  // Where many wait and one place has become free, few are looked at: most of them can go.
  let size = Math.min(PAGE, Math.max(FEW, 2 * room(lane, hand, outlook)))
  for (let after = from, wrapped = from === ''; room(lane, hand, outlook) > 0; size = PAGE) {
    const page = await heads(tx, lane, after, size)
    const round = wrapped && from !== '' ? page.filter(({ queue }) => queue <= from) : page
    const free = round.filter(({ queue }) => !outlook.stands(lane, queue))
    const letters = await lettersWithIds(
      tx,
      free.map(({ id }) => id),
    )
    await consider(tx, letters.toSorted(byQueue), hand, outlook)
    after = page.at(-1)?.queue ?? ''
    if (page.length < size) {
      if (wrapped) return
      wrapped = true
      after = ''
    } else if (round.length < page.length) return
  }
}
const byQueue = (one: Letter, other: Letter): number => (one.queue < other.queue ? -1 : 1)

/** On all platforms together, however full one of them is. */
const room = (lane: Lane, { claimed }: Hand, outlook: Outlook): number =>
  [...outlook.platforms.keys()]
    .map(name => Math.max(0, outlook.room(name, lane) - onBoard(claimed, name)))
    .reduce((sum, each) => sum + each, 0)
const onBoard = ({ parcels }: Claimed, platform: string): number =>
  parcels.filter(parcel => parcel.platform.name === platform).length

async function consider(tx: Tx, letters: readonly Letter[], hand: Hand, outlook: Outlook): Promise<void> {
  const { claimed, trial, line, chosen } = hand
  for (const letter of letters) {
    const { lane, queue } = letter
    if (chosen.has(queue) || outlook.stands(lane, queue)) continue
    if (room(lane, hand, outlook) === 0) return
    const fate = await destined(tx, letter, outlook)
    if ('behind' in fate) continue
    if (!('parcel' in fate)) {
      claimed.again = true
      await ('never' in fate
        ? outlook.bury(tx, letter, fate.never)
        : changeUnsent(tx, fate.of ?? letter.id, fate.change))
      continue
    }
    const { parcel } = fate
    if (parcel.platform.elsewhere?.()) {
      chosen.add(queue)
      claimed.resting.push({ lane, queue, until: outlook.elapsed + SOMEBODY_ELSES })
      continue
    }
    if (outlook.room(parcel.platform.name, lane) <= onBoard(claimed, parcel.platform.name)) {
      // What stands behind it in its queue is not looked at before it.
      chosen.add(queue)
      continue
    }
    const at = line.ready(parcel.tolls, lane === LANES.answer)
    line.take(parcel.tolls)
    if (at > outlook.elapsed) {
      claimed.resting.push({ lane, queue, until: at })
      continue
    }
    if ('place' in parcel.to) trial.take(parcel.tolls)
    claimed.parcels.push(parcel)
    claimed.cursor[lane] = queue
    chosen.add(queue)
  }
}

/** From the commit on they may have arrived, whatever happens. What somebody else took or dropped meanwhile is not ours. */
async function marked(tx: Tx, claimed: Claimed, { own, elapsed }: Outlook): Promise<Parcel[]> {
  const { parcels, resting } = claimed
  if (parcels.length === 0) return parcels
  const owned = await own(
    tx,
    parcels.map(({ letter }) => letter.queue),
  )
  const ours = parcels.filter(({ letter }) => owned.has(letter.queue))
  for (const { letter } of parcels.filter(parcel => !ours.includes(parcel))) {
    resting.push({ lane: letter.lane, queue: letter.queue, until: elapsed + SOMEBODY_ELSES })
    claimed.again = true
  }
  const left: Parcel[] = []
  for (const parcel of ours) if (await isMarked(tx, parcel)) left.push(parcel)
  return left
}

const marking = prepared(on =>
  on
    .update(outbox)
    .set({ status: 'sending', attempts: sql`attempts + 1`, sentTo: sql`${given('sentTo')}` })
    .where(and(eq(outbox.id, given('id')), eq(outbox.status, 'waiting')))
    .returning({ id: outbox.id }),
)
/** One that only looks for its direct conversation goes nowhere yet; one in doubt is marked already. */
async function isMarked(tx: Tx, { letter, to }: Parcel): Promise<boolean> {
  if (letter.status === 'sending' || 'account' in to) return true
  const marked = await marking(tx).execute({ id: letter.id, sentTo: JSON.stringify(to.place) })
  return marked.length > 0
}

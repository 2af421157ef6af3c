import type { Place } from '#src/core/interaction.ts'
import type { Account, Limits } from '#src/core/platform.ts'
import { bury, type Report, record } from './carrying.ts'
import { type Claimed, claim, type Outlook } from './claiming.ts'
import type { Parcel } from './destination.ts'
import { askedFor } from './lanes.ts'
import { openPace, type Pace } from './pacing/pace.ts'
import { openRests, type Rests } from './pacing/rests.ts'
import { LANES, type Lane } from './schema.ts'
import type { SenderOptions } from './sender.ts'
import { tenancy } from './tenancy.ts'

/** What is on its way, what has come back, and what rests. */
export interface Traffic {
  /** One transaction: writes down what came back, and takes what can go now. */
  turn(): Promise<{ parcels: Parcel[]; recorded: Report[]; again: boolean }>
  arrived(parcel: Parcel, report: Report): void
  /** Whether something came back that is not written down. */
  hasNews(): boolean
  isEmpty(): boolean
  /** When something that rests may be tried again, on the pacing clock. */
  next(): number | undefined
  /** Takes nothing more. */
  close(): void
  renew(): Promise<void>
  leave(): Promise<void>
}

interface State {
  pace: Pace
  rests: Rests
  onWay: Map<string, Parcel>
  back: { parcel: Parcel; report: Report }[]
  /** Direct conversations that were opened, by queue: each for one letter, as for the next it may be another. */
  doors: Map<string, { letter: string; account: string; place: Place }>
  cursor: Record<Lane, string>
  closed: boolean
}

export function openTraffic(options: SenderOptions): Traffic {
  const tenant = tenancy(options.store, options.shared)
  const state: State = {
    pace: openPace(),
    rests: openRests(),
    onWay: new Map(),
    back: [],
    doors: new Map(),
    cursor: { [LANES.answer]: '', [LANES.bulk]: '' },
    closed: false,
  }
  return {
    turn: () => turn(state, tenant, options),
    arrived: (parcel, report) => {
      state.back.push({ parcel, report })
      settle(parcel, report, state, options.elapsed())
    },
    hasNews: () => state.back.length > 0,
    isEmpty: () => state.onWay.size === 0,
    next: state.rests.next,
    close: () => {
      state.closed = true
    },
    renew: tenant.renew,
    leave: tenant.leave,
  }
}

async function turn(
  state: State,
  tenant: ReturnType<typeof tenancy>,
  options: SenderOptions,
): ReturnType<Traffic['turn']> {
  const { store, elapsed, now, t } = options
  state.rests.wake(elapsed())
  const done = state.back.splice(0)
  const recorded = done.map(({ report }) => report)
  // What is being written down in this turn makes room for what is behind it.
  const busy = new Map(state.onWay)
  for (const { letter } of recorded) busy.delete(letter.queue)
  try {
    const claimed = await store.transaction(async tx => {
      for (const report of recorded) await record(tx, report, now(), t)
      if (state.rests.isAnyFailing()) for (const queue of await askedFor(tx, now())) state.rests.end(queue)
      const taken = state.closed ? undefined : await claim(tx, outlook(state, busy, tenant, options))
      await tenant.keepOnly(tx, staying(state, busy, taken, elapsed()))
      return taken
    })
    for (const { letter } of recorded) state.onWay.delete(letter.queue)
    return { parcels: claimed ? begun(state, claimed) : [], recorded, again: claimed?.again === true }
  } catch (error) {
    state.back.unshift(...done)
    throw error
  }
}

function outlook(
  { rests, pace, cursor, doors }: State,
  busy: ReadonlyMap<string, Parcel>,
  { own }: ReturnType<typeof tenancy>,
  { platforms, elapsed, now, t, isHoliday, hasStopped = () => false }: SenderOptions,
): Outlook {
  const at = elapsed()
  const aboard = (platform: string): number =>
    [...busy.values()].filter(parcel => parcel.platform.name === platform).length
  return {
    platforms,
    now: now(),
    hasStopped,
    isHoliday,
    door: ({ id, queue }, account) => {
      const door = doors.get(queue)
      return door?.letter === id && door.account === nameOf(account) ? door.place : undefined
    },
    pace,
    elapsed: at,
    inOrder: [...platforms.values()].every(({ limits }) => limits === undefined),
    stands: (lane, queue) => busy.has(queue) || (rests.until(lane, queue) ?? at) > at,
    room: (platform, lane) => roomFor(platforms.get(platform)?.limits, lane) - aboard(platform),
    cursor,
    own,
    bury: (tx, letter, failure) => bury(tx, letter, failure, now(), t),
  }
}

/** Answers find room where everything else waits. */
const MORE_FOR_ANSWERS = 2
const roomFor = (limits: Limits | undefined, lane: Lane): number =>
  limits ? limits.parallel * (lane === LANES.answer ? MORE_FOR_ANSWERS : 1) : 1

/** A queue that goes on within so many milliseconds stays ours. */
const SOON = 10_000

function staying(
  { rests }: State,
  busy: ReadonlyMap<string, Parcel>,
  claimed: Claimed | undefined,
  elapsed: number,
): (queue: string) => boolean {
  const soon = elapsed + SOON
  const goesOn = new Set([...busy.keys(), ...(claimed?.parcels.map(({ letter }) => letter.queue) ?? [])])
  for (const { queue, until } of claimed?.resting ?? []) if (until < soon) goesOn.add(queue)
  return queue => goesOn.has(queue) || Object.values(LANES).some(lane => (rests.until(lane, queue) ?? soon) < soon)
}

function begun(state: State, { parcels, resting, cursor, keep }: Claimed): Parcel[] {
  keep()
  state.cursor = cursor
  for (const { lane, queue, until } of resting) state.rests.set(lane, queue, until)
  for (const parcel of parcels) state.onWay.set(parcel.letter.queue, parcel)
  return parcels
}

const nameOf = ({ platform, workspace, account }: Account): string => `${platform}:${workspace}:${account}`

/** What its fate means for those behind it: a place that answers is open, one that fails or asks for patience rests. */
function settle({ letter, tolls }: Parcel, report: Report, { pace, rests, doors }: State, elapsed: number): void {
  const { lane, queue } = letter
  doors.delete(queue)
  if (report.kind === 'opened')
    doors.set(queue, { letter: letter.id, account: nameOf(report.account), place: report.place })
  else if (report.kind === 'sent' || report.kind === 'dead') rests.end(queue)
  else if (!report.busy || tolls.length === 0) rests.fail(lane, queue, elapsed + report.pause)
  else pace.refuse(tolls, elapsed, report.busy.seconds, report.busy.scope)
}

import type { IsHoliday } from '#src/core/calendar.ts'
import type { PlatformName } from '#src/core/interaction.ts'
import type { Message } from '#src/core/message.ts'
import type { Observe } from '#src/core/observe.ts'
import type { Platform } from '#src/core/platform.ts'
import type { Ports } from '#src/core/ports.ts'
import type { Store } from '#src/storage/database.ts'
import { carry, type Report } from './carrying.ts'
import type { Parcel } from './destination.ts'
import { openProgress, type Progress } from './fan-outs/progress.ts'
import { nextHeldAt } from './lanes.ts'
import { RENEWED } from './tenancy.ts'
import { openTraffic, type Traffic } from './traffic.ts'

export interface Sender {
  /** Sends all that can go now; resolves when the rest waits for its time, its turn or another attempt. */
  drain(): Promise<void>
  /** There may be more to send: a drain that is at work looks again. */
  ring(): void
  /** When something that waits may go, in epoch milliseconds. */
  next(): Promise<number | undefined>
  /** Sends nothing new; resolves when what is on its way has arrived and is written down. */
  stop(): Promise<void>
}
export interface SenderOptions {
  store: Store
  /** Whether other processes send from the same outbox. */
  shared: boolean
  platforms: ReadonlyMap<string, Platform>
  now: () => Temporal.Instant
  /** Milliseconds of a clock that only runs forward: what paces must not jump with the time of day. */
  elapsed: () => number
  isHoliday: IsHoliday
  t: Ports['t']
  log: Ports['log']
  /** The message as it can be sent, with what cannot be drawn put into words. */
  sendable: (message: Message) => Promise<Message>
  /** Called after a message reached its platform: tests make the process die here. */
  sent?: () => void
  /** Told how each attempt fared. */
  observe?: Observe
  /** Whether nothing arrives on a platform: who has an account elsewhere is written to there. */
  hasStopped?: (platform: PlatformName) => boolean
}

/** After a database that did not take what happened, in milliseconds. */
const A_MOMENT = 1000

export function sender(options: SenderOptions): Sender {
  const { store, now, elapsed, log } = options
  const traffic = openTraffic(options)
  const progress = openProgress(options)
  const shift = openShift(() => round(traffic, progress, options, shift.ring), traffic.isEmpty)
  const renewing = options.shared
    ? setInterval(() => void traffic.renew().catch(error => log.warn({ error }, 'leases were not renewed')), RENEWED)
    : undefined
  let failedAt: number | undefined
  const drain = async (): Promise<void> => {
    try {
      await shift.done()
      failedAt = undefined
    } catch (error) {
      failedAt = elapsed()
      throw error
    }
  }
  return {
    drain,
    ring: shift.ring,
    next: async () => {
      const rest = failedAt === undefined ? traffic.next() : failedAt + A_MOMENT
      const soon = rest === undefined ? [] : [now().epochMilliseconds + Math.max(0, rest - elapsed())]
      const held = await store.read(nextHeldAt)
      const all = held === undefined ? soon : [...soon, held]
      return all.length > 0 ? Math.ceil(Math.min(...all)) : undefined
    },
    stop: async () => {
      clearInterval(renewing)
      traffic.close()
      await drain().catch(error => log.error({ error }, 'what was on its way could not be written down'))
      await traffic.leave()
    },
  }
}

/** One transaction, and what it set on its way. True when there is more to do at once. */
async function round(traffic: Traffic, progress: Progress, options: SenderOptions, ring: () => void): Promise<boolean> {
  const { parcels, recorded, again } = await traffic.turn()
  for (const parcel of parcels) void send(parcel, traffic, options).then(ring)
  for (const report of recorded) tell(options.log, report)
  progress.went(recorded.map(({ letter }) => letter))
  const hasTold = await progress.look(traffic.isEmpty())
  return again || hasTold || traffic.hasNews()
}

async function send(parcel: Parcel, traffic: Traffic, { sendable, sent, observe }: SenderOptions): Promise<void> {
  const report = await carry(parcel, sendable)
  if (report.kind === 'sent') sent?.()
  const outcome = outcomes[report.kind]
  if (outcome) observe?.({ kind: 'posted', platform: parcel.platform.name, outcome })
  traffic.arrived(parcel, report)
}

const outcomes = { sent: 'sent', dead: 'dead', refused: 'later', failed: 'later', opened: undefined } as const

/** Rounds of work, for as long as there is some. */
interface Shift {
  /** Resolves when a round that began after this call found nothing to do, and nothing is open any more. */
  done(): Promise<void>
  /** Whoever is at work looks again. */
  ring(): void
}

function openShift(step: () => Promise<boolean>, isOver: () => boolean): Shift {
  const state: { running?: Promise<void> | undefined; asked: boolean; bell: PromiseWithResolvers<void> } = {
    asked: false,
    bell: Promise.withResolvers(),
  }
  const ring = (): void => {
    state.asked = true
    state.bell.resolve()
  }
  const work = async (): Promise<void> => {
    try {
      for (;;) {
        state.asked = false
        state.bell = Promise.withResolvers()
        if ((await step()) || state.asked) continue
        if (isOver()) return
        await state.bell.promise
      }
    } finally {
      // Nothing is awaited between the last look and here: whoever asks afterwards begins anew.
      state.running = undefined
    }
  }
  return {
    ring,
    done: () => {
      ring()
      state.running ??= work()
      return state.running
    },
  }
}

function tell(log: Ports['log'], report: Report): void {
  const { id, key, cause, attempts } = report.letter
  if (report.kind === 'opened') return
  const about = { event: cause, letter: id, key }
  if (report.kind === 'sent') {
    log.info(about, 'sent')
    return
  }
  const failed = { ...about, attempts: attempts + 1, failure: report.failure }
  if (report.kind === 'dead') log.error(failed, 'a message can never be delivered')
  else log.warn(failed, 'a message could not be delivered yet')
}

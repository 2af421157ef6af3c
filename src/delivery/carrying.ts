import { backOff } from '#src/core/back-off.ts'
import type { Tx } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import type { Markdown, Message } from '#src/core/message.ts'
import { type Account, Busy, type Placement, Undeliverable } from '#src/core/platform.ts'
import type { Ports } from '#src/core/ports.ts'
import { madeAt } from '#src/storage/ids.ts'
import { withRole } from '#src/storage/roles.ts'
import type { Parcel } from './destination.ts'
import { fanOut } from './fan-outs/store.ts'
import { changeUnsent, type Letter, markSent } from './letters.ts'
import { outboxIn } from './outbox.ts'

/** How a letter fared. What failed may have arrived all the same, unless it is `refused`; `opened` is only the way to it. */
export type Report = { letter: Letter } & (
  | { kind: 'sent'; to: Place; ref: string }
  | { kind: 'opened'; account: Account; place: Place }
  | { kind: 'dead'; failure: string }
  /** `pause` is how long, in milliseconds, before it is tried again. */
  | { kind: 'refused' | 'failed'; failure: string; pause: number; busy?: Busy }
)

/** Hands a letter to its platform, or finds the direct conversation that it goes to; never throws. */
export async function carry(parcel: Parcel, sendable: (message: Message) => Promise<Message>): Promise<Report> {
  const { letter, platform, to } = parcel
  const sure = { sure: letter.status !== 'sending' }
  try {
    if ('account' in to) return { letter, kind: 'opened', ...to, place: await platform.direct(to.account) }
    return { letter, kind: 'sent', to: to.place, ref: await deliver(parcel, to.place, sure, sendable) }
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    if (error instanceof Undeliverable) return { letter, kind: 'dead', failure }
    if (!(error instanceof Busy)) return { letter, kind: 'failed', failure, pause: backOff(letter.attempts + 1) }
    // A plea for patience took nothing; but what an earlier attempt left in doubt is cleared up by a finished look only.
    const pause = error.seconds * 1000
    return { letter, kind: sure.sure ? 'refused' : 'failed', failure, pause, busy: error }
  }
}

async function deliver(
  { letter, platform, root, original }: Parcel,
  to: Place,
  known: { sure: boolean },
  sendable: (message: Message) => Promise<Message>,
): Promise<string> {
  if (!letter.message) throw new Undeliverable('nothing to say')
  const message = await sendable(letter.message)
  const { key, under, onlyFor, instead } = letter
  const placement: Placement = {
    to,
    key,
    since: Temporal.Instant.fromEpochMilliseconds(madeAt(letter.id)),
    ...(under && { under }),
    ...(root && { root }),
    ...(onlyFor && { onlyFor }),
  }
  if (instead && original) return platform.edit(original, message, { ...placement, instead })
  const earlier = known.sure ? undefined : await platform.find(placement, message)
  known.sure = true
  return earlier ?? platform.post(message, placement)
}

/** Writes down how a letter fared, in a transaction. */
export async function record(tx: Tx, report: Report, now: Temporal.Instant, t: Ports['t']): Promise<void> {
  const { letter } = report
  // One that was in doubt already is not counted as it is taken up again, only as it fails again.
  const attempts = letter.attempts + 1
  const later = 'pause' in report ? { dueAt: now.epochMilliseconds + report.pause } : {}
  switch (report.kind) {
    case 'sent':
      return markSent(tx, letter, report.to, report.ref, now)
    case 'opened':
      return
    case 'refused': {
      // Its fan-out may have been stopped while it was with its platform.
      const status = letter.fanOut && (await fanOut(tx, letter.fanOut))?.stopped ? 'stopped' : 'waiting'
      return changeUnsent(tx, letter.id, { status, attempts, failure: report.failure, ...later })
    }
    case 'failed':
      return changeUnsent(tx, letter.id, { attempts, failure: report.failure, ...later })
    case 'dead':
      return bury(tx, letter, report.failure, now, t)
  }
}

/** It can never be delivered. */
export async function bury(
  tx: Tx,
  letter: Letter,
  failure: string,
  now: Temporal.Instant,
  t: Ports['t'],
): Promise<void> {
  await changeUnsent(tx, letter.id, { status: 'dead', failure })
  await alert(tx, letter, now, t)
}

const HOUR = 3_600_000

/** Whoever runs the bot hears of a message that died; of a dead alert, only the log tells. */
async function alert(tx: Tx, letter: Letter, now: Temporal.Instant, t: Ports['t']): Promise<void> {
  if (letter.key.startsWith('alert:')) return
  for (const administrator of await withRole(tx, 'administrator')) {
    const text = t(administrator)('core.alerts.undeliverable', { key: letter.key })
    // Of many that die in one place, one alert an hour is enough.
    const key = `alert:dead:${letter.queue}:${Math.floor(now.epochMilliseconds / HOUR)}:${administrator.id}`
    const post = { to: { member: administrator.id }, message: plainly(text), key, atOnce: true as const }
    await outboxIn(tx, {}, now).enqueue(post)
  }
}
const plainly = (text: Markdown): Message => ({ summary: text, blocks: [{ type: 'text', text }] })

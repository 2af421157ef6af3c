import type { Place } from '#src/core/interaction.ts'
import type { Markdown, Message } from '#src/core/message.ts'
import { Busy, type Platform, Undeliverable } from '#src/core/platform.ts'
import type { Ports } from '#src/core/ports.ts'
import type { Store } from '#src/storage/database.ts'
import { accountsOf, member, withRole } from '#src/storage/members.ts'
import { changeLetter, dueLetters, type Letter, letterWithKey, markSent, outboxIn } from './outbox.ts'

export interface Sender {
  /** Sends all that is due, in order; resolves when nothing is left for now. */
  drain(): Promise<void>
}
export interface SenderOptions {
  store: Store
  platforms: ReadonlyMap<string, Platform>
  now: () => Temporal.Instant
  t: Ports['t']
  log: Ports['log']
  /** The message as it can be sent, with what cannot be drawn put into words. */
  sendable: (message: Message) => Promise<Message>
  /** Called after a message reached its platform: tests make the process die here. */
  sent?: () => void
}

export function sender(options: SenderOptions): Sender {
  const { store, now } = options
  let running: Promise<void> = Promise.resolve()
  const drainOnce = async (): Promise<void> => {
    for (;;) {
      const due = await store.read(tx => dueLetters(tx, now()))
      if (due.length === 0) return
      for (const letter of due) await send(letter, options)
    }
  }
  return {
    drain: () => {
      running = running.then(drainOnce, drainOnce)
      return running
    },
  }
}

async function send(letter: Letter, options: SenderOptions): Promise<void> {
  const { store, now, log } = options
  // Still marked as being sent: an earlier attempt was interrupted, and may have arrived.
  const ambiguous = letter.status === 'sending'
  try {
    const destination = await destined(letter, options)
    if (!destination) return
    if (!ambiguous)
      await store.transaction(tx => changeLetter(tx, letter.id, { status: 'sending', attempts: letter.attempts + 1 }))
    const ref = await deliver(letter, destination, ambiguous, options)
    options.sent?.()
    await store.transaction(tx => markSent(tx, letter, destination.to, ref, now()))
    log.info({ event: letter.cause, letter: letter.id, key: letter.key }, 'sent')
  } catch (error) {
    await setBack(letter, error, options)
  }
}

interface Destination {
  platform: Platform
  to: Place
}

/** Where it goes; undefined when it must wait or is not to be sent any more, which is then written down. */
async function destined(letter: Letter, options: SenderOptions): Promise<Destination | undefined> {
  const { store, now, platforms } = options
  const put = (change: Parameters<typeof changeLetter>[2]) =>
    store.transaction(tx => changeLetter(tx, letter.id, change))
  const late = letter.until !== null && letter.until <= now().epochMilliseconds
  if (late) return void (await put({ status: 'dropped', message: null }))
  if (letter.place) {
    const platform = platforms.get(letter.place.platform)
    if (!platform) throw new Undeliverable(`no platform ${letter.place.platform}`)
    return { platform, to: letter.place }
  }
  const person = await store.read(tx => member(tx, letter.member ?? ''))
  if (!person || person.erasedAt !== null) return void (await put({ status: 'dropped', message: null }))
  if (letter.unasked && (person.pausedUntil ?? 0) > now().epochMilliseconds) {
    return void (await put({ dueAt: person.pausedUntil ?? 0 }))
  }
  return direct(person, options)
}

async function direct(
  person: { id: string; locale: string; timezone: string },
  { store, platforms }: SenderOptions,
): Promise<Destination> {
  for (const account of await store.read(tx => accountsOf(tx, person.id))) {
    const platform = platforms.get(account.platform)
    if (!platform) continue
    const place = await platform.direct({ ...account, name: '' })
    return { platform, to: { ...place, locale: person.locale, timezone: person.timezone } }
  }
  throw new Undeliverable('no account on any platform that runs')
}

async function deliver(
  letter: Letter,
  { platform, to }: Destination,
  ambiguous: boolean,
  { store, sendable }: SenderOptions,
): Promise<string> {
  const { key, under, onlyFor } = letter
  if (!letter.message) throw new Undeliverable('nothing to say')
  const message = await sendable(letter.message)
  const placement = { to, key, ...(under && { under }), ...(onlyFor && { onlyFor }) }
  if (letter.instead) {
    const original = await store.read(tx => letterWithKey(tx, letter.instead ?? ''))
    if (!original?.ref) throw new Undeliverable('what it edits was never sent')
    await platform.edit(original.ref, message, placement)
    return original.ref
  }
  const earlier = ambiguous ? await platform.find(placement) : undefined
  return earlier ?? platform.post(message, placement)
}

async function setBack(letter: Letter, error: unknown, options: SenderOptions): Promise<void> {
  const { store, now, log } = options
  const attempts = letter.attempts + 1
  const failure = error instanceof Error ? error.message : String(error)
  if (error instanceof Undeliverable) {
    log.error({ event: letter.cause, letter: letter.id, key: letter.key, failure }, 'a message can never be delivered')
    await store.transaction(tx => changeLetter(tx, letter.id, { status: 'dead', failure }))
    return alert(letter, options)
  }
  log.warn(
    { event: letter.cause, letter: letter.id, key: letter.key, attempts, failure },
    'a message could not be delivered yet',
  )
  const pause = error instanceof Busy ? error.seconds * 1000 : backOff(attempts)
  await store.transaction(tx =>
    changeLetter(tx, letter.id, { status: 'waiting', attempts, failure, dueAt: now().epochMilliseconds + pause }),
  )
}

/** Milliseconds before the next attempt: doubling from one second to ten minutes, with jitter. */
export const backOff = (attempts: number): number =>
  Math.min(2 ** (attempts - 1), 600) * 1000 * (0.5 + Math.random() / 2)

/** Whoever runs the bot hears of a message that died; of a dead alert, only the log tells. */
async function alert(letter: Letter, { store, now, t }: SenderOptions): Promise<void> {
  if (letter.key.startsWith('alert:')) return
  await store.transaction(async tx => {
    for (const administrator of await withRole(tx, 'administrator')) {
      const text = t(administrator)('core.alerts.undeliverable', { key: letter.key })
      const key = `alert:${letter.id}:${administrator.id}`
      await outboxIn(tx, {}, now()).enqueue({ to: { member: administrator.id }, message: plainly(text), key })
    }
  })
}
const plainly = (text: Markdown): Message => ({ summary: text, blocks: [{ type: 'text', text }] })

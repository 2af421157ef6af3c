import type { Place } from '#src/core/interaction.ts'
import type { Markdown, Message, Reader } from '#src/core/message.ts'
import { Busy, type Placement, type Platform, Undeliverable } from '#src/core/platform.ts'
import type { Ports } from '#src/core/ports.ts'
import type { Store } from '#src/storage/database.ts'
import { madeAt } from '#src/storage/ids.ts'
import { accountsOf, presently } from '#src/storage/members.ts'
import { withRole } from '#src/storage/roles.ts'
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
  let status = letter.status
  try {
    const destination = await destined(letter, options)
    if (!destination) return
    if (!ambiguous)
      await store.transaction(tx =>
        changeLetter(tx, letter.id, { status: 'sending', attempts: letter.attempts + 1, sentTo: destination.to }),
      )
    status = 'sending'
    const ref = await deliver(letter, destination, ambiguous, options)
    options.sent?.()
    await store.transaction(tx => markSent(tx, letter, destination.to, ref, now()))
    log.info({ event: letter.cause, letter: letter.id, key: letter.key }, 'sent')
  } catch (error) {
    await setBack({ ...letter, status }, error, options)
  }
}

interface Destination {
  platform: Platform
  to: Place
}

/** Where it goes; undefined when it must wait or is not to be sent any more, which is then written down. */
async function destined(letter: Letter, options: SenderOptions): Promise<Destination | undefined> {
  const { store, now } = options
  const put = (change: Parameters<typeof changeLetter>[2]) =>
    store.transaction(tx => changeLetter(tx, letter.id, change))
  const late = letter.until !== null && letter.until <= now().epochMilliseconds
  if (late) return void (await put({ status: 'dropped', message: null }))
  // An attempt that was interrupted is repeated where it was made: elsewhere nobody would know it again.
  if (letter.status === 'sending' && letter.sentTo) return at(letter.sentTo, options)
  if (letter.onlyFor && !letter.instead) {
    const alone = await aside(letter, letter.onlyFor, options)
    if (alone) return alone
  }
  const edited = letter.instead ? await store.read(tx => letterWithKey(tx, letter.instead ?? '')) : undefined
  if (letter.place) return at(edited?.sentTo ?? letter.place, options)
  const person = await store.read(tx => presently(tx, letter.member ?? ''))
  const accounts = await store.read(tx => accountsOf(tx, person?.id ?? ''))
  // Forgotten, or gone from every platform: nobody is there to read it.
  if (!person || person.erasedAt !== null || accounts.length === 0)
    return void (await put({ status: 'dropped', message: null }))
  if (edited?.sentTo) return at(edited.sentTo, options)
  if (letter.unasked && (person.pausedUntil ?? 0) > now().epochMilliseconds) {
    return void (await put({ dueAt: person.pausedUntil ?? 0 }))
  }
  return direct(person, accounts, options)
}

/** Where a platform shows nothing to one person alone, what is only hers goes to her direct conversation. */
async function aside(letter: Letter, id: string, options: SenderOptions): Promise<Destination | undefined> {
  const platform = options.platforms.get(letter.place?.platform ?? '')
  if (platform?.personal !== 'direct') return undefined
  const person = await options.store.read(tx => presently(tx, id))
  const accounts = await options.store.read(tx => accountsOf(tx, person?.id ?? ''))
  const here = accounts.filter(each => each.platform === platform.name)
  return person && direct(person, here.length > 0 ? here : accounts, options)
}

function at(place: Place, { platforms }: SenderOptions): Destination {
  const platform = platforms.get(place.platform)
  if (!platform) throw new Undeliverable(`no platform ${place.platform}`)
  return { platform, to: place }
}

async function direct(
  person: Reader,
  accounts: Awaited<ReturnType<typeof accountsOf>>,
  { platforms }: SenderOptions,
): Promise<Destination> {
  for (const account of accounts) {
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
  const { key, under, onlyFor, instead } = letter
  if (!letter.message) throw new Undeliverable('nothing to say')
  const message = await sendable(letter.message)
  const root = under ? (await store.read(tx => letterWithKey(tx, under)))?.ref : undefined
  const since = Temporal.Instant.fromEpochMilliseconds(madeAt(letter.id))
  const placement: Placement = {
    to,
    key,
    since,
    ...(under && { under }),
    ...(root && { root }),
    ...(onlyFor && { onlyFor }),
  }
  if (instead) {
    const original = await store.read(tx => letterWithKey(tx, instead))
    if (!original?.ref) throw new Undeliverable('what it edits was never sent')
    await platform.edit(original.ref, message, { ...placement, instead })
    return original.ref
  }
  const earlier = ambiguous ? await platform.find(placement, message) : undefined
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
  // Whatever else went wrong while it was being sent, it may have arrived: the next attempt looks for it first.
  const status = error instanceof Busy ? 'waiting' : letter.status
  await store.transaction(tx =>
    changeLetter(tx, letter.id, { status, attempts, failure, dueAt: now().epochMilliseconds + pause }),
  )
}

/** Milliseconds before the next attempt: doubling from one second to ten minutes, with jitter. */
export const backOff = (attempts: number): number =>
  Math.round(Math.min(2 ** (attempts - 1), 600) * 1000 * (0.5 + Math.random() / 2))

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

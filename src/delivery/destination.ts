import type { IsHoliday } from '#src/core/calendar.ts'
import type { Tx } from '#src/core/feature.ts'
import type { Place, PlatformName } from '#src/core/interaction.ts'
import type { Account, Platform } from '#src/core/platform.ts'
import { accountsOf, type MemberRow, presently } from '#src/storage/members.ts'
import { quietFor } from './hush.ts'
import { hushedBefore } from './lanes.ts'
import { type Change, isUnsent, type Letter, letterWithKey } from './letters.ts'
import { type Toll, tolls } from './pacing/pace.ts'

/** A letter with everything that is needed to hand it to its platform. */
export interface Parcel {
  letter: Letter
  platform: Platform
  /** A place; or an account whose direct conversation must be opened first. */
  to: { place: Place } | { account: Account }
  /** The platform's references to the thread's root, and to what is edited. */
  root?: string
  original?: string
  tolls: Toll[]
}
/**
 * It can go; or what must be written down instead, of it or of another: that it waits, or that it is not to be sent any more.
 * What stands `behind` a letter that is on its way, or about to go, has its turn when that is out.
 */
export type Fate = { parcel: Parcel } | { change: Change; of?: string } | { never: string } | { behind: string }

export interface Around {
  platforms: ReadonlyMap<string, Platform>
  now: Temporal.Instant
  hasStopped: (platform: PlatformName) => boolean
  isHoliday: IsHoliday
  /** The direct conversation with an account, where it was opened for this letter. */
  door: (letter: Letter, account: Account) => Place | undefined
}

const dropped: Unsent = { change: { status: 'dropped', message: null } }
const heldUntil = (dueAt: number, hushed = false): Unsent => ({ change: { status: 'held', dueAt, hushed } })

/** What becomes of a letter whose turn has come. Reads only. */
export async function destined(tx: Tx, letter: Letter, around: Around): Promise<Fate> {
  const fate = await byItself(tx, letter, around)
  if (!('parcel' in fate) || letter.atOnce || letter.attempts > 0) return fate
  // A clock that was set back, or that of another process, held it: by this one quiet hours may be over for both.
  const before = await hushedBefore(tx, letter)
  if (!before) return fate
  const first = await byItself(tx, before, around)
  if ('behind' in first || ('change' in first && first.change.hushed)) return first
  return { change: 'change' in first ? first.change : { status: 'waiting' }, of: before.id }
}

async function byItself(tx: Tx, letter: Letter, around: Around): Promise<Fate> {
  const now = around.now.epochMilliseconds
  if (letter.until !== null && letter.until <= now) return dropped
  const edited = letter.instead ? await letterWithKey(tx, letter.instead) : undefined
  const root = letter.under ? await letterWithKey(tx, letter.under) : undefined
  for (const before of [edited, root]) {
    if (before?.status === 'held') return heldUntil(before.dueAt, before.hushed)
    // It goes on when that does.
    if (before?.status === 'stopped') return { change: { status: 'stopped', fanOut: before.fanOut } }
    if (before && isUnsent(before)) return { behind: before.key }
  }
  if (letter.instead && !edited?.ref) {
    return edited?.status === 'sent' ? { never: 'original-unsent' } : dropped
  }
  const rest = { ...(root?.ref && { root: root.ref }), ...(edited?.ref && { original: edited.ref }) }
  const to = await addressed(tx, letter, edited?.sentTo ?? undefined, around)
  return 'platform' in to ? { parcel: parcelOf(letter, to, rest) } : to
}

type Address = Pick<Parcel, 'platform' | 'to'>
type Unsent = Exclude<Fate, { parcel: Parcel }>

async function addressed(tx: Tx, letter: Letter, sentTo: Place | undefined, around: Around): Promise<Address | Unsent> {
  // An attempt that was interrupted is repeated where it was made: elsewhere nobody would know it again.
  if (letter.status === 'sending' && letter.sentTo) return at(letter.sentTo, around)
  const only = letter.onlyFor && !letter.instead && isAside(letter, around) ? letter.onlyFor : undefined
  if (letter.place && !only)
    return (await hushed(tx, letter, letter.place, around)) ?? at(sentTo ?? letter.place, around)
  const person = await presently(tx, only ?? letter.member ?? '')
  const accounts = await accountsOf(tx, person?.id ?? '')
  // Forgotten, or gone from every platform: nobody is there to read it.
  if (!person || person.erasedAt !== null || accounts.length === 0) return dropped
  if (sentTo) return at(sentTo, around)
  const paused = person.pausedUntil ?? 0
  if (letter.unasked && paused > around.now.epochMilliseconds) return heldUntil(paused)
  const later = await hushed(tx, letter, person, around)
  if (later) return later
  const here = accounts.filter(({ platform }) => only && platform === letter.place?.platform)
  return direct(letter, person, here.length > 0 ? here : accounts, around)
}

/** In quiet hours only what somebody waits for is said; what was tried already is not taken back. */
async function hushed(
  tx: Tx,
  letter: Letter,
  reader: Place | MemberRow,
  { now, isHoliday }: Around,
): Promise<Unsent | undefined> {
  if (letter.atOnce || letter.attempts > 0) return undefined
  const end = await quietFor(tx, reader, now, isHoliday)
  return end && heldUntil(end.epochMilliseconds, true)
}

/** Where a platform shows nothing to one person alone, what is only hers goes to her direct conversation. */
const isAside = ({ place }: Letter, { platforms }: Around): boolean =>
  platforms.get(place?.platform ?? '')?.personal === 'direct'

function direct(
  letter: Letter,
  { locale, timezone }: MemberRow,
  accounts: Awaited<ReturnType<typeof accountsOf>>,
  { platforms, door, hasStopped }: Around,
): Address | Unsent {
  // Where nothing arrives, she is written to elsewhere.
  const inTurn = accounts.toSorted(
    (one, other) => Number(hasStopped(one.platform)) - Number(hasStopped(other.platform)),
  )
  for (const account of inTurn) {
    const platform = platforms.get(account.platform)
    if (!platform) continue
    const native = { ...account, name: '' }
    const place = door(letter, native)
    return { platform, to: place ? { place: { ...place, locale, timezone } } : { account: native } }
  }
  // A kit may name people who are only where this bot does not live.
  return dropped
}

function at(place: Place, { platforms }: Around): Address | Unsent {
  const platform = platforms.get(place.platform)
  // A kit may name places, too, where this bot does not live: what is meant for them is left out, and `bot doctor` tells it.
  return platform ? { platform, to: { place } } : dropped
}

function parcelOf(letter: Letter, { platform, to }: Address, rest: Pick<Parcel, 'root' | 'original'>): Parcel {
  const { workspace } = 'place' in to ? to.place : to.account
  const shows = letter.message?.blocks.some(({ type }) => type === 'image' || type === 'file')
  const kind = letter.instead ? 'edit' : shows ? 'file' : 'post'
  const account = `${platform.name}:${workspace}`
  return {
    letter,
    platform,
    to,
    ...rest,
    tolls: tolls({ limits: platform.limits, account, queue: letter.queue, kind }),
  }
}

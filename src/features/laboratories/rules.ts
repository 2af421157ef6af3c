import { fold } from '#src/core/fold.ts'
import type { Coverage, RequestState, Side } from './schema.ts'

export type Action = 'take' | 'question' | 'transfer' | 'solve' | 'cancel' | 'reopen' | 'write' | 'rate'

const open: readonly RequestState[] = ['new', 'assigned', 'pending']
const over: readonly RequestState[] = ['solved', 'closed']
const always: readonly RequestState[] = [...open, ...over]

/** From which states each side may do what. */
const allowed: Record<Action, Partial<Record<Side, readonly RequestState[]>>> = {
  take: { laboratory: ['new'] },
  question: { laboratory: open },
  transfer: { laboratory: open },
  solve: { laboratory: open },
  cancel: { laboratory: open, requester: open },
  reopen: { laboratory: over, requester: over },
  write: { laboratory: always, requester: always },
  rate: { requester: over },
}

/** What the rules look at in a request. */
export interface Facts {
  state: RequestState
  cancelled: boolean
  requester: string | null
  assignee: string | null
  laboratory: string | null
  community: string | null
}

export const isOpen = ({ state }: Pick<Facts, 'state'>): boolean => open.includes(state)

/** Whether the state lets this side do it: a cancelled request has no outcome to rate. */
export const possible = (action: Action, side: Side, request: Pick<Facts, 'state' | 'cancelled'>): boolean =>
  (allowed[action][side] ?? []).includes(request.state) && !(action === 'rate' && request.cancelled)

/** The state afterwards. What the requester writes puts a request that waited for her, or was over, back to work. */
export function next(action: Action, side: Side, request: Pick<Facts, 'state' | 'assignee'>): RequestState {
  const back = request.assignee ? 'assigned' : 'new'
  switch (action) {
    case 'take':
      return 'assigned'
    case 'question':
      return 'pending'
    case 'transfer':
      return 'new'
    case 'solve':
      return 'solved'
    case 'cancel':
      return 'closed'
    case 'reopen':
      return back
    case 'write':
      return side === 'requester' && request.state !== 'new' ? back : request.state
    case 'rate':
      return request.state
  }
}

/** What the bot knows of who acts: the laboratories she works in, the communities she coordinates (`''` is all). */
export interface Person {
  id: string
  laboratories: readonly string[]
  communities: readonly string[]
  administrator: boolean
}

export const coordinates = ({ communities, administrator }: Person, community: string | null): boolean =>
  administrator ||
  communities.includes('') ||
  (community === null ? communities.length > 0 : communities.includes(community))

/** Those who answer a request: its laboratory, or the coordinators where none covers it. */
export const answers = (person: Person, { laboratory, community }: Pick<Facts, 'laboratory' | 'community'>): boolean =>
  person.administrator ||
  (laboratory === null
    ? coordinates(person, community)
    : person.laboratories.includes(laboratory) || person.laboratories.includes(''))

export const asked = (person: Person, { requester }: Pick<Facts, 'requester'>): boolean => requester === person.id

/** On which side a person may do this; her own request comes first. A coordinator may pass on any of her community. */
export function sideFor(action: Action, person: Person, request: Facts): Side | undefined {
  if (asked(person, request) && allowed[action].requester) return 'requester'
  const passesOn = action === 'transfer' && coordinates(person, request.community)
  return (answers(person, request) || passesOn) && allowed[action].laboratory ? 'laboratory' : undefined
}

/** Who may read a request: both sides, and whoever coordinates its community. */
export const reads = (person: Person, request: Facts): boolean =>
  asked(person, request) || answers(person, request) || coordinates(person, request.community)

/** What a request is about, as coverage sees it; the practice by its number. */
export interface Matter {
  community: string | null
  practice: string | null
  event: string
}

/** The laboratory that covers all three, the most specific first: a practice by name before a community, before an event. */
export function route<L extends { id: string; covers: Coverage }>(
  laboratories: readonly L[],
  matter: Matter,
): L | undefined {
  return laboratories
    .filter(({ covers }) => covered(covers, matter))
    .toSorted((a, b) => weight(b.covers) - weight(a.covers) || (a.id < b.id ? -1 : 1))[0]
}

const covered = (covers: Coverage, { community, practice, event }: Matter): boolean =>
  holds(covers.communities, community) && holds(covers.practices, practice) && holds(covers.events, event)
const holds = (list: readonly string[], one: string | null): boolean =>
  list.length === 0 || (one !== null && list.includes(one))
const weight = ({ practices, communities, events }: Coverage): number =>
  (practices.length > 0 ? 4 : 0) + (communities.length > 0 ? 2 : 0) + (events.length > 0 ? 1 : 0)

const NUMBER = /^[\s«"'(#*]{0,3}r[-\s]?(\d{4})[-\s](\d{1,7})(?!\d)[»"'):.,;*]{0,3}\s*/iu

/** `R-2027-0001` at the start of a text, however it is typed, and what follows it. */
export function numbered(text: string): { number: string; rest: string } | undefined {
  const [whole = '', year, count = ''] = NUMBER.exec(text) ?? []
  return year
    ? { number: requestNumber(Number(year), Number(count)), rest: text.slice(whole.length).trim() }
    : undefined
}
export const requestNumber = (year: number, count: number): string => `R-${year}-${String(count).padStart(4, '0')}`

/** The request behind an outbox key: `request:<id>:...`. */
export const requestIn = (key: string | undefined): string | undefined => /^request:([^:]+):/.exec(key ?? '')?.[1]

// Courtesy in either language, whoever writes: it ends a conversation, and does not open it again.
const courtesies = new Set([
  ...['grazie', 'mille', 'tante', 'molte', 'infinite', 'ok', 'okay', 'va', 'bene', 'perfetto', 'ottimo', 'capito'],
  ...['ciao', 'buona', 'giornata', 'tutto', 'chiaro', 'davvero', 'di', 'a', 'posto', 'voi', 'te'],
  ...[
    'thank',
    'thanks',
    'thx',
    'you',
    'so',
    'very',
    'much',
    'many',
    'lot',
    'cheers',
    'great',
    'perfect',
    'all',
    'good',
  ],
])

/** «Grazie mille!», «ok», a thumb up: nothing to work on. */
export function isThanks(text: string): boolean {
  const words = fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  return words.length <= 6 && words.every(word => courtesies.has(word))
}

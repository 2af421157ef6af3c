import type { Interaction, Place } from '#src/core/interaction.ts'
import type { Intake } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { serverOf } from './names.ts'
import type { Places } from './places.ts'
import { referenceTo } from './post.ts'
import { type Meant, read, type Written } from './read.ts'
import { taken } from './taken.ts'
import type { Versions } from './versions.ts'
import type { Heard, Room, Wire } from './wire.ts'

export interface Hearing {
  wire: Wire
  intake: Intake
  places: Places
  versions: Versions
  now: () => Temporal.Instant
  /** In bytes. */
  largestFile: number
  log: Log
  stopping: AbortSignal
}
/** What was said longer ago is not answered any more, in milliseconds. */
export const OLDEST = 24 * 60 * 60 * 1000
type Base = Pick<Interaction, 'id' | 'at' | 'member' | 'place'>

/** An event as the bot understands it; undefined when it is not for it. */
export async function interactionIn(event: Heard, at: Hearing): Promise<Interaction | undefined> {
  if (event.age > OLDEST || event.sender === at.wire.me) return undefined
  const room = at.wire.room(event.room)
  const meant = room && read(event, { user: at.wire.me, name: at.wire.nameOf(at.wire.me, event.room) })
  if (!room || !meant) return undefined
  switch (meant.kind) {
    case 'wrote':
      return wrote(event, meant, room, at)
    case 'pressed':
      return pressed(event, meant, room, at)
    case 'moved':
      return moved(event, meant, room, at)
    case 'tookBack':
      return { ...(await happened(event, event.sender, room, at)), kind: 'tookBack', event: `matrix:${meant.event}` }
  }
}

async function happened(event: Heard, who: string, room: Room, { wire, intake, places, now }: Hearing): Promise<Base> {
  const workspace = serverOf(who, '')
  const name = wire.nameOf(who, room.id)
  const member = await intake.member({ platform: 'matrix', workspace, account: who, name })
  const place = await places.of(room, member)
  return { id: `matrix:${event.id}`, at: now().subtract({ milliseconds: event.age }), member, place }
}

async function wrote(event: Heard, said: Written, room: Room, at: Hearing): Promise<Interaction | undefined> {
  const forBot = room.direct !== undefined || said.called || /^\s*[!/]oc(\s|$)/iu.test(said.text)
  // What people say to each other is not even looked at, unless it stands in a thread: that may be one of the bot's.
  if (!forBot && said.thread === undefined) return undefined
  const base = await happened(event, event.sender, room, at)
  const thread = said.thread && (await keyOf(base, referenceTo(room.id, said.thread), at))
  if (!forBot && !thread) return undefined
  const spoken = { ...base, ...(thread && { thread }) }
  const choice = await typedChoice(spoken, said, room, forBot && !thread, at)
  if (choice) return choice
  const meant =
    thread && room.direct === undefined && !forBot ? plain(said) : understood(said, room, Boolean(thread), at)
  return said.file ? { ...spoken, ...meant, ...(await taken(said.file, base.member, at)) } : { ...spoken, ...meant }
}

const plain = ({ text }: Written) => ({ kind: 'said' as const, text })

/** In a thread of the direct conversation people are answered by people: what reads like a command there is not one. */
function understood(said: Written, room: Room, inThread: boolean, { intake }: Hearing) {
  if (room.direct !== undefined)
    return inThread && !/^\s*[!/]oc(\s|$)/iu.test(said.text) ? plain(said) : intake.read(said.text)
  return intake.read(said.called ? `!oc ${said.text.replace(/^\s*[!/]oc(\s|$)/iu, '')}` : said.text)
}

/** A number typed in a shared place, or in answer to a message, picks one of its choices. */
async function typedChoice(
  base: Base,
  said: Written,
  room: Room,
  forBot: boolean,
  at: Hearing,
): Promise<Interaction | undefined> {
  const number = /^\s*(?:[!/]oc\s+)?(\d{1,2})\s*$/iu.exec(said.text)?.[1]
  if (!forBot || number === undefined) return undefined
  // In her own conversation a number may also be the answer to a question: the core knows which it is.
  if (base.place.direct && said.answersTo === undefined) return undefined
  const stood = said.answersTo && (await offeredThen(base, referenceTo(room.id, said.answersTo), at))
  return picked(base, stood || (await at.intake.offered(base.place)), Number(number))
}

type Offer = Awaited<ReturnType<Intake['offered']>>
function picked(base: Base, offer: Offer, number: number): Interaction | undefined {
  const choice = offer?.choices[number - 1]
  if (!offer || !choice) return undefined
  return { ...base, kind: 'choice', action: choice.action, value: choice.value, on: offer.key }
}

async function pressed(
  event: Heard,
  { on, number }: Meant & { kind: 'pressed' },
  room: Room,
  at: Hearing,
): Promise<Interaction | undefined> {
  const base = await happened(event, event.sender, room, at)
  return picked(base, await offeredThen(base, referenceTo(room.id, on), at), number)
}

/** Which message of the bot this is; one that is only now being sent, too. */
const keyOf = async ({ place }: Base, ref: string, { intake, versions }: Hearing): Promise<string | undefined> =>
  (await intake.posted(place, ref)) ?? versions.keyOf(ref)

/** What a message of the bot offered when she acted; it may have been edited since. */
async function offeredThen(base: Base, ref: string, at: Hearing): Promise<Offer> {
  const { intake, versions } = at
  const key = await keyOf(base, ref, at)
  if (key === undefined) return undefined
  const before = versions.at(ref, base.at)
  return before ? { key, choices: [...before] } : intake.offered(base.place, key)
}

async function moved(
  event: Heard,
  { who, change }: Meant & { kind: 'moved' },
  room: Room,
  at: Hearing,
): Promise<Interaction | undefined> {
  // Who was there before the bot is not a newcomer to it.
  if (who === at.wire.me || room.direct !== undefined || event.beforeMe) return undefined
  return { ...(await happened(event, who, room, at)), kind: change }
}

export type { Place }

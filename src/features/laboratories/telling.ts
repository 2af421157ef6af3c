import type { Post, Tx, World } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import type { Message, Reader, Translate } from '#src/core/message.ts'
import { member } from '#src/storage/members.ts'
import { placesFor } from '#src/storage/places.ts'
import { withRole } from '#src/storage/roles.ts'
import { card, formerCard } from './card.ts'
import { note } from './messages.ts'
import { changeRequest, type Request } from './requests/store.ts'
import type { Card, Spot } from './schema.ts'
import { type View, view } from './view.ts'

/** Drawn for each reader in their own words. */
export type Drawn = (t: Translate) => Message

/** The root of all that the requester reads of a request. */
export const rootOf = ({ id }: Pick<Request, 'id'>): string => `request:${id}:received`

/** Tells the requester, unless she is not here any more; where it was said. */
export async function tellRequester(
  request: Request,
  what: string,
  draw: Drawn,
  world: World,
  how: Pick<Post, 'under' | 'unasked'> = {},
): Promise<Spot[]> {
  const reader = request.requester === null ? undefined : await readerOf(world.tx, { member: request.requester })
  if (!reader || request.requester === null) return []
  const spot = { key: `request:${request.id}:${what}`, to: { member: request.requester } }
  const post: Post = { ...spot, ...how, message: draw(world.t(reader)) }
  await world.outbox.enqueue(how.unasked ? post : { ...post, atOnce: true })
  return [spot]
}

/** Says something in each of these spots, at any hour: a person waits. One who has a pause hears it afterwards. */
export async function tell(
  spots: readonly Spot[],
  draw: Drawn,
  world: World,
  under: (spot: Spot, at: number) => string | undefined,
): Promise<void> {
  for (const [at, { key, to }] of spots.entries()) {
    const reader = await readerOf(world.tx, to)
    if (!reader) continue
    const root = under({ key, to }, at)
    const post: Post = { to, key, message: draw(world.t(reader)), atOnce: true, ...(root && { under: root }) }
    await world.outbox.enqueue('member' in to ? { ...post, unasked: {} } : post)
  }
}

/** Draws again what was said in a spot. */
export async function redrawSpot({ key, to }: Spot, version: number, draw: Drawn, world: World): Promise<void> {
  const reader = await readerOf(world.tx, to)
  if (reader)
    await world.outbox.enqueue({ to, key: `${key}:v${version}`, instead: key, message: draw(world.t(reader)) })
}

async function readerOf(tx: Tx, to: Spot['to']): Promise<Reader | undefined> {
  if (!('member' in to)) return to
  const row = await member(tx, to.member)
  return row?.erasedAt === null ? row : undefined
}

/** The cards of whoever answers now: in a request that came back, the latest of each place. */
export const currentCards = ({ cards, laboratory }: Request): Card[] => {
  const latest = new Map<string, Card>()
  for (const each of cards) if (each.laboratory === laboratory && !each.left) latest.set(spotName(each.to), each)
  return [...latest.values()]
}

/** Where the card of a request goes: its laboratory's places, else the coordinators'; without any, to each of them. */
export async function cardsFor(
  tx: Tx,
  request: Pick<Request, 'id' | 'laboratory' | 'community' | 'cards' | 'version'>,
): Promise<Card[]> {
  const { id, laboratory, cards, version } = request
  return (await spotsOf(tx, request)).map(to => {
    const key = `request:${id}:card:${spotName(to)}`
    return { key: cards.some(each => each.key === key) ? `${key}:${version}` : key, to, laboratory }
  })
}

async function spotsOf(
  tx: Tx,
  { laboratory, community }: Pick<Request, 'laboratory' | 'community'>,
): Promise<Spot['to'][]> {
  if (laboratory === null) return coordinatorSpots(tx, community)
  const places = await placesFor(tx, 'laboratory', laboratory)
  if (places.length > 0) return places
  const operators = await withRole(tx, 'operator', laboratory)
  return operators.length > 0 ? operators.map(({ id }) => ({ member: id })) : coordinatorSpots(tx, community)
}

/** Where a community's coordinators read; without a place, each of them. */
export async function coordinatorSpots(tx: Tx, community: string | null): Promise<Spot['to'][]> {
  const own = community === null ? [] : await placesFor(tx, 'coordinators', community)
  const places = own.length > 0 ? own : await placesFor(tx, 'coordinators')
  if (places.length > 0) return places
  return (await withRole(tx, 'coordinator', community ?? undefined)).map(({ id }) => ({ member: id }))
}

export const spotName = (to: Place | { member: string }): string =>
  'member' in to ? `member:${to.member}` : `${to.platform}:${to.id}`

export const postCards = (seen: View, cards: readonly Card[], world: World): Promise<void> =>
  tell(
    cards,
    t => card(t, seen),
    world,
    () => undefined,
  )

/**
 * The request with its cards where whoever answers reads now: a place may have moved, or another person look after it. Where nobody
 * reads it any more nothing is said; what was said there stays.
 */
export async function followed(request: Request, world: World): Promise<Request> {
  const [wanted, current] = [await cardsFor(world.tx, request), currentCards(request)]
  const isIn = (all: readonly Card[], { to }: Card): boolean => all.some(each => spotName(each.to) === spotName(to))
  const fresh = wanted.filter(each => !isIn(current, each))
  const gone = current.filter(each => !isIn(wanted, each))
  if (wanted.length === 0 || fresh.length + gone.length === 0) return request
  const cards = [
    ...request.cards.map(each => (gone.includes(each) ? { ...each, left: true as const } : each)),
    ...fresh,
  ]
  const after = await changeRequest(world.tx, request, { cards })
  if (!after) return request
  await postCards(await view(world.tx, after), fresh, world)
  return after
}

/** Below its cards, to those who answer: the requester has changed something. */
export async function tellCards(given: Request, what: 'withdrawn' | 'reopened', world: World): Promise<void> {
  const request = await followed(given, world)
  const cards = currentCards(request)
  const spots = cards.map(({ to }) => ({ key: `request:${request.id}:${what}:${request.version}:${spotName(to)}`, to }))
  const draw: Drawn = t => note(t(`laboratories.byRequester.${what}`, { number: request.number }))
  await tell(spots, draw, world, (_, at) => cards[at]?.key)
}

/** The cards that show a request, drawn again as it is now; one that is not posted yet is passed over. */
export async function redrawCards(request: Request, world: World, cards = request.cards): Promise<View> {
  const seen = await view(world.tx, request)
  const current = new Set(currentCards(request).map(({ key }) => key))
  for (const each of cards) {
    const draw: Drawn = t => (current.has(each.key) ? card(t, seen) : formerCard(t, seen, each))
    await redrawSpot(each, request.version, draw, world)
  }
  return seen
}

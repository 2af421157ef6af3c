import type { Post, World } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import type { Message, Reader, Translate } from '#src/core/message.ts'
import { member } from '#src/storage/members.ts'
import { placesFor } from '#src/storage/places.ts'
import { withRole } from '#src/storage/roles.ts'
import type { Card, CardKind, Practice } from '../schema.ts'
import { keepCard } from './store.ts'

/** Somewhere to write to, the language to use there, and a name for keys. */
export interface Target {
  to: Place | { member: string }
  reader: Reader
  name: string
}

const placeTarget = (place: Place): Target => ({ to: place, reader: place, name: `${place.platform}:${place.id}` })
export const personTarget = (person: Reader & { id: string }): Target => ({
  to: { member: person.id },
  reader: person,
  name: person.id,
})

const once = (targets: Target[]): Target[] => [...new Map(targets.map(target => [target.name, target])).values()]

/** Where the members of a community read what concerns it. */
export const communityPlaces = async ({ tx }: World, community: string): Promise<Target[]> =>
  once((await placesFor(tx, 'community', community)).map(placeTarget))

/** The community's places, and those of the whole programme. */
export const publicPlaces = async (world: World, community: string): Promise<Target[]> =>
  once([...(await communityPlaces(world, community)), ...(await placesFor(world.tx, 'programme')).map(placeTarget)])

/** The coordinators' place; where there is none, each coordinator of the community; failing that, the administrators. */
export async function reviewers({ tx }: World, { community }: Pick<Practice, 'community'>): Promise<Target[]> {
  const places = await placesFor(tx, 'coordinators')
  if (places.length > 0) return once(places.map(placeTarget))
  const people = await withRole(tx, 'coordinator', community)
  return (people.length > 0 ? people : await withRole(tx, 'administrator')).map(personTarget)
}

/** Posts a message that will be drawn again when what it shows changes. */
export async function postCard(world: World, kind: CardKind, about: string, post: Post): Promise<void> {
  await world.outbox.enqueue(post)
  await keepCard(world.tx, kind, about, post)
}

/** Takes back what is not out yet; the cards of what is. */
export async function recallCards({ outbox }: World, cards: readonly Card[]): Promise<Card[]> {
  const out = []
  for (const card of cards) if (!(await outbox.recall(card.id))) out.push(card)
  return out
}

/** Draws messages again where they stand. `cause` makes the edit's own key. */
export async function redrawCards(
  world: World,
  cards: readonly Card[],
  cause: string,
  draw: (t: Translate) => Message,
): Promise<void> {
  for (const { id, place, member: who } of cards) {
    const reader = place ?? (who ? await member(world.tx, who) : undefined)
    const to = place ?? (who ? { member: who } : undefined)
    if (!reader || !to) continue
    await world.outbox.enqueue({ to, message: draw(world.t(reader)), key: `${id}:${cause}`, instead: id })
  }
}

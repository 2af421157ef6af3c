import type { World } from '#src/core/feature.ts'
import type { Block, Message, Translate } from '#src/core/message.ts'
import type { MemberRow } from '#src/storage/members.ts'
import { type BoundPlace, placesFor } from '#src/storage/places.ts'
import { programme } from '#src/storage/settings.ts'
import { nameOf, plainly, text } from './messages.ts'
import { type Community, community, type Membership, membershipsOf, noteIntroductions } from './store.ts'
import type { Kept } from './telling.ts'

/** The community is told who came, in each of its places, and invited to greet her. False when it has none. */
export async function introduce(
  her: MemberRow,
  row: Membership,
  into: Community,
  kept: Kept,
  world: World,
): Promise<boolean> {
  const places = await placesFor(world.tx, 'community', into.id)
  const keys = places.map(place => `communities.introduction:${row.id}:${row.startedAt}:${spotOf(place)}`)
  for (const [at, place] of places.entries()) {
    const message = introduction(world.t(place), her, into, kept)
    await world.outbox.enqueue({ to: place, message, key: keys[at] ?? '' })
  }
  await noteIntroductions(world.tx, row.id, [...row.introductions, ...keys])
  return places.length > 0
}
const spotOf = ({ platform, workspace, id }: BoundPlace): string => `${platform}:${workspace}:${id}`

function introduction(t: Translate, her: MemberRow, into: Community, { profile, organization }: Kept): Message {
  const values = {
    community: nameOf(t, into),
    name: her.name,
    organization: organization.name,
    role: profile.role ?? '',
  }
  const brings: Block[] =
    profile.brings === null
      ? []
      : [text(t('communities.introduction.brings')), { type: 'quote', text: t.literal(profile.brings) }]
  return {
    summary: t('communities.introduction.summary'),
    blocks: [text(t('communities.introduction.text', values)), ...brings, text(t('communities.introduction.greet'))],
  }
}

/** Nobody is told that she came once she has gone: what was said already stays. */
export async function recallIntroductions({ introductions }: Membership, world: World): Promise<void> {
  for (const key of introductions) await world.outbox.recall(key)
}

/** Her name and words leave the posts that introduced her. */
export async function takeBackIntroductions(member: string, world: World): Promise<void> {
  for (const { id, community: of, introductions } of await membershipsOf(world.tx, member)) {
    const into = await community(world.tx, of)
    if (!into) continue
    const places = await placesFor(world.tx, 'community', of)
    for (const key of introductions) {
      const place = places.find(each => key.endsWith(`:${spotOf(each)}`))
      await redraw(key, place, into, world)
    }
    await noteIntroductions(world.tx, id, [])
  }
}

async function redraw(key: string, place: BoundPlace | undefined, into: Community, world: World): Promise<void> {
  const t = world.t(place ?? (await programme(world.tx)))
  const message = plainly(t('communities.introduction.nameless', { community: nameOf(t, into) }))
  // An edit goes where the post went: the address only matters to what is said for the first time.
  const to = place ?? { member: '' }
  await world.outbox.enqueue({ to, message, key: `communities.nameless:${key}`, instead: key })
}

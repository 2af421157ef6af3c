import type { World } from '#src/core/feature.ts'
import { short } from '#src/core/fields.ts'
import { type Interaction, type Movement, type Of, type Reply, say, silence } from '#src/core/interaction.ts'
import type { Message } from '#src/core/message.ts'
import { conversationOf, dropConversation } from '#src/storage/conversations.ts'
import { boundPlace, placeName, placesFor } from '#src/storage/places.ts'
import { onboarding } from './forms.ts'
import { recallIntroductions } from './introductions.ts'
import { choices, enterChoice, leaveChoice, nameOf, plainly, readersOnly, text } from './messages.ts'
import { isOperator } from './people.ts'
import { clearReminder } from './reminder.ts'
import { isWhole } from './rules.ts'
import {
  type Community,
  communities,
  community,
  communityNamed,
  leave,
  type Membership,
  membership,
  membershipsOf,
} from './store.ts'

/** `esci`: from the community that was named in full, after a confirmation from the one that was meant, or from one of hers. */
export async function leaveByName(event: Of<'command'>, world: World): Promise<Reply> {
  const t = world.t(event.member)
  const hers = await mine(event.member.id, world)
  if (hers.length === 0 && (await isOperator(world.tx, event.member.id))) return say(readersOnly(t))
  const named = await communityNamed(world.tx, event.text)
  if (named) return meant(named) ? say(confirmation(named)) : goFrom(event, named, world)
  const [only, ...others] = hers
  if (!only) return say(plainly(t('communities.leave.nowhere')))
  const offered = hers.map(each => leaveChoice(t, each))
  if (event.text !== '') {
    return say(plainly(t('communities.leave.unknown', { given: short(event.text) }), ...offered))
  }
  return say(others.length > 0 ? plainly(t('communities.leave.choose'), ...offered) : confirmation(only))

  function meant(one: Community): boolean {
    return !isWhole(one, event.text) && hers.some(({ id }) => id === one.id)
  }
  function confirmation(from: Community): Message {
    const stay = { label: t('communities.leave.stay'), action: 'communities.stay', value: from.id }
    const question = t('communities.leave.confirm', { name: nameOf(t, from) })
    return plainly(question, { ...leaveChoice(t, from), style: 'danger' }, stay)
  }
}
/** Those she is in, or is being welcomed into. */
async function mine(member: string, { tx }: World): Promise<Community[]> {
  const hers = (await membershipsOf(tx, member)).filter(({ state }) => state !== 'left').map(row => row.community)
  return (await communities(tx)).filter(({ id }) => hers.includes(id))
}

/** *Esco da …* */
export async function leaveByChoice(event: Of<'choice'>, world: World): Promise<Reply> {
  const from = await community(world.tx, event.value)
  return from ? goFrom(event, from, world) : say(plainly(world.t(event.member)('communities.join.gone')))
}
export const stay = async ({ member }: Of<'choice'>, world: World): Promise<Reply> =>
  say(plainly(world.t(member)('communities.leave.stayed')))

async function goFrom({ member }: Interaction, from: Community, world: World): Promise<Reply> {
  const t = world.t(member)
  const values = { name: nameOf(t, from), id: from.id }
  const was = await go(member.id, from, world)
  if (!was) return say(plainly(t('communities.leave.notInside', values), enterChoice(t, from)))
  const places = (await placesFor(world.tx, 'community', from.id)).map(placeName)
  const goodbye = was === 'member' ? t('communities.leave.left', values) : t('communities.leave.dropped', values)
  const remains = places.length > 0 ? [text(t('communities.leave.place', { places: t.list(places) }))] : []
  return say({ summary: goodbye, blocks: [text(goodbye), ...remains, ...choices(back(t, from))] })
}
const back = (t: ReturnType<World['t']>, from: Community) => ({
  ...enterChoice(t, from),
  label: t('communities.leave.back'),
})

/** What she was there: nothing, when there is nothing to leave. */
async function go(member: string, from: Community, world: World): Promise<Membership['state'] | undefined> {
  const row = await membership(world.tx, member, from.id)
  if (row) {
    await clearReminder(row, world)
    await recallIntroductions(row, world)
  }
  // The questions go with her: an answer that came later would bring her back in.
  const open = await conversationOf(world.tx, member, world.now)
  if (open?.form === onboarding.name && open.about === from.id) await dropConversation(world.tx, member)
  return (await leave(world.tx, member, from.id, world.now)) ? row?.state : undefined
}

/** Who leaves a community's place leaves the community, and hears how to come back. */
export async function left(event: Movement<'left'>, world: World): Promise<Reply> {
  const place = await boundPlace(world.tx, event.place)
  const from = place?.purpose === 'community' ? await community(world.tx, place.scope) : undefined
  const was = place && from && (await go(event.member.id, from, world))
  if (!was) return silence
  const t = world.t(event.member)
  const values = { place: placeName(place), name: nameOf(t, from), id: from.id }
  const told = was === 'member' ? t('communities.leave.leftPlace', values) : t('communities.leave.leftOnly', values)
  const message = plainly(told, back(t, from))
  await world.outbox.enqueue({ to: { member: event.member.id }, message, key: `communities.left:${event.id}` })
  return silence
}

import type { World } from '#src/core/feature.ts'
import { fold } from '#src/core/fold.ts'
import { type Of, type Reply, say } from '#src/core/interaction.ts'
import { member } from '#src/storage/members.ts'
import { withRole } from '#src/storage/roles.ts'
import { communityPlaces, personTarget, postCard, redrawCards } from '../cards/cards.ts'
import { cardsOf, dropCards } from '../cards/store.ts'
import { practice, shown } from '../catalogue/store.ts'
import { detailsButton, naming, told } from '../messages.ts'
import { mayAdvance, mayConfirm } from '../rules.ts'
import type { Practice } from '../schema.ts'
import { standing } from '../standing.ts'
import { notFound, onPractice } from '../subject.ts'
import { adoptionNow, claimCard, claimOutcome, claimSettled, holderNews } from './messages.ts'
import { claimAdoption, claimsOf, peopleOf, type ShownAdoption, settleClaim, shownAdoption } from './store.ts'

type From = Of<'command' | 'choice'>

export async function claimByButton(from: Of<'choice'>, world: World): Promise<Reply> {
  const row = await shownAdoption(world.tx, from.value)
  return row ? claim(row, from, world) : say(told(notFound(world.t(from.member), '')))
}

/** Says that the organization holds the practice; the provider and the coordinators are asked. */
export async function claim(row: ShownAdoption, from: From, world: World): Promise<Reply> {
  const t = world.t(from.member)
  if (!mayAdvance(await standing(world.tx, from.member.id), row)) {
    return say(
      told(t('practices.refused.advance', { organization: row.organizationName }), detailsButton(t, row.practice)),
    )
  }
  const about = await practice(world.tx, row.practice)
  const claimed = about && (await claimAdoption(world.tx, row.id, from.member.id, world.now))
  const after = (await shownAdoption(world.tx, row.id)) ?? row
  if (!claimed) return say(adoptionNow(t, after))
  for (const { to, reader, name } of await deciders(about, from.member.id, world)) {
    const message = claimCard(world.t(reader), after)
    await postCard(world, 'claim', row.id, {
      to,
      message,
      key: `adoption:${row.id}:claim:${from.id}:${name}`,
      unasked: {},
    })
  }
  return say(told(t('practices.claim.sent', naming(row)), detailsButton(t, row.practice)))
}

/** The provider's people and the coordinators of the community, except whoever asks; without them, the administrators. */
async function deciders(about: Practice, asking: string, { tx }: World) {
  const people = [...(await peopleOf(tx, about.provider)), ...(await withRole(tx, 'coordinator', about.community))]
  const others = people.filter(({ id }) => id !== asking)
  const asked = others.length > 0 ? others : await withRole(tx, 'administrator')
  return [...new Map(asked.map(person => [person.id, personTarget(person)])).values()]
}

/** *Confermo* and *Non ancora*: the first answer counts, and everybody's card shows it. */
async function settle(row: ShownAdoption, holds: boolean, from: From, world: World): Promise<Reply> {
  const t = world.t(from.member)
  const about = await practice(world.tx, row.practice)
  if (!about) return say(told(notFound(t, '')))
  const { providerName, communityName } = await shown(world.tx, about)
  if (!mayConfirm(await standing(world.tx, from.member.id), about)) {
    const who = { provider: providerName, community: t.local(communityName) }
    return say(told(t('practices.refused.confirm', who), detailsButton(t, row.practice)))
  }
  const settled = await settleClaim(world.tx, row.id, holds, world.now)
  const after = (await shownAdoption(world.tx, row.id)) ?? row
  if (!settled)
    return say(told(t(after.state === 'holder' ? 'practices.claim.already' : 'practices.claim.nothing', named(after))))
  await redrawCards(world, await cardsOf(world.tx, row.id, 'claim'), from.id, reader => claimSettled(reader, after))
  await dropCards(world.tx, row.id, 'claim')
  await tellReusers(row, after, from, world)
  if (holds) await spread(after, about, providerName, world)
  return say(told(t(holds ? 'practices.claim.youConfirmed' : 'practices.claim.youWait', named(after))))
}

const named = (row: ShownAdoption) => ({ ...naming(row), organization: row.organizationName })

/** Who owns the adoption, and who made the claim. */
async function tellReusers(before: ShownAdoption, after: ShownAdoption, from: From, world: World): Promise<void> {
  for (const id of new Set([before.owner, before.claimedBy])) {
    const person = id && id !== from.member.id ? await member(world.tx, id) : undefined
    if (!person) continue
    const message = claimOutcome(world.t(person), after)
    await world.outbox.enqueue({
      to: { member: person.id },
      message,
      key: `adoption:${after.id}:outcome:${from.id}:${person.id}`,
    })
  }
}

async function spread(row: ShownAdoption, about: Practice, provider: string, world: World): Promise<void> {
  for (const { to, reader, name } of await communityPlaces(world, about.community)) {
    const message = holderNews(world.t(reader), row, provider)
    await world.outbox.enqueue({ to, message, key: `adoption:${row.id}:holder:${name}` })
  }
}

const byButton =
  (holds: boolean) =>
  async (from: Of<'choice'>, world: World): Promise<Reply> => {
    const row = await shownAdoption(world.tx, from.value)
    return row ? settle(row, holds, from, world) : say(told(notFound(world.t(from.member), '')))
  }

/** `riusi conferma P-0012 Comune di Perugia`: the name is needed only where several wait. */
const byCommand = (command: string, holds: boolean) =>
  onPractice(command, async ({ practice: about, rest, from, world, t }) => {
    const waiting = await claimsOf(world.tx, about.id)
    const meant = rest === '' ? waiting : waiting.filter(row => fold(row.organizationName).includes(fold(rest)))
    const [only, second] = meant
    if (only && !second) return settle(only, holds, from, world)
    if (waiting.length === 0) return say(told(t('practices.claim.none', naming(about)), detailsButton(t, about.id)))
    const organizations = t.list(waiting.map(row => row.organizationName))
    return say(told(t('practices.claim.which', { ...naming(about), organizations })))
  }).command

export const confirm = { choice: byButton(true), command: byCommand('confirm', true) }
export const notYet = { choice: byButton(false), command: byCommand('notYet', false) }

import type { World } from '#src/core/feature.ts'
import { may, refusal } from '#src/core/help.ts'
import { type Of, type Reply, say } from '#src/core/interaction.ts'
import type { Message, Translate } from '#src/core/message.ts'
import { organization } from '#src/storage/organizations.ts'
import { rolesOf } from '#src/storage/roles.ts'
import { shown } from '../catalogue/store.ts'
import { detailsButton, naming, told } from '../messages.ts'
import { proposers } from '../proposals/propose.ts'
import { mayAdvance, stepAfter, steps, whyNotAdopt } from '../rules.ts'
import type { AdoptionState } from '../schema.ts'
import { standing } from '../standing.ts'
import { notFound, onPractice } from '../subject.ts'
import { claim } from './holders.ts'
import { adoptionBegun, adoptionInUse, adoptionNow, reuseList } from './messages.ts'
import { adoptionsOfOrganization, beginAdoption, moveAdoption, type ShownAdoption, shownAdoption } from './store.ts'

type From = Of<'command' | 'choice'>

/** Opens the adoption of her organization; if there is one, says where it stands and what comes next. */
export const adopt = onPractice('adopt', async ({ practice: row, who, from, world, t }) => {
  const reason = whyNotAdopt(who, row)
  if (reason) {
    const { providerName } = await shown(world.tx, row)
    return say(
      told(t(`practices.refused.${reason}`, { ...naming(row), provider: providerName }), detailsButton(t, row.id)),
    )
  }
  const pair = { practice: row.id, organization: who.organization ?? '', owner: who.id }
  const { adoption, begun } = await beginAdoption(world.tx, pair, world.now)
  return inPrivate(adoption, begun ? adoptionBegun : adoptionNow, from, world)
})

/** *La riusiamo* on an announcement: economic operators hear what they can do, others how to come in. */
export async function adoptByButton(from: Of<'choice'>, world: World): Promise<Reply> {
  const roles = await rolesOf(world.tx, from.member.id)
  const { economicOperator } = await standing(world.tx, from.member.id)
  if (economicOperator || may(roles, proposers)) return adopt.choice(from, world)
  return say(refusal(world.t(from.member), proposers, roles))
}

/** The card of an adoption is hers: where others read, it goes to her direct messages. */
async function inPrivate(
  row: ShownAdoption,
  draw: (t: Translate, row: ShownAdoption) => Message,
  from: From,
  world: World,
): Promise<Reply> {
  const t = world.t(from.member)
  const message = draw(t, row)
  if (from.place.direct) return say(message)
  await world.outbox.enqueue({ to: { member: from.member.id }, message, key: `adoption:${row.id}:card:${from.id}` })
  return say(told(t('practices.adoption.inPrivate', { lead: t.plain(message.summary) })))
}

export async function reuses(from: Of<'command'>, world: World): Promise<Reply> {
  const t = world.t(from.member)
  const who = await standing(world.tx, from.member.id)
  const own = who.organization ? await organization(world.tx, who.organization) : undefined
  if (who.economicOperator) return say(told(t('practices.refused.economic-operator')))
  if (!own) return say(told(t('practices.refused.no-organization')))
  return say(reuseList(t, own.name, await adoptionsOfOrganization(world.tx, own.id)))
}

const isStep = (text: string): text is AdoptionState => steps.some(step => step === text)

/** One step on, as far as *in use*. The button carries where it leads: pressed twice, it leads there once. */
export async function advance(from: Of<'choice'>, world: World): Promise<Reply> {
  const [id = '', to = ''] = from.value.split('|')
  const row = await shownAdoption(world.tx, id)
  if (!row || !isStep(to)) return say(told(notFound(world.t(from.member), '')))
  return move(row, to, from, world)
}

/** One step on, as far as *in use* too: that the organization holds the practice is said in so many words. */
export const advanceByCommand = onPractice('advance', async ({ practice: row, from, world, t }) => {
  const found = await own(row.id, from, world)
  if (!found) return say(told(t('practices.reuses.notYours', naming(row)), detailsButton(t, row.id)))
  if (found.state === 'in-use')
    return inPrivate(found, found.claimedAt === null ? adoptionInUse : adoptionNow, from, world)
  return move(found, stepAfter(found.state) ?? found.state, from, world)
})

export const claimByCommand = onPractice('claim', async ({ practice: row, from, world, t }) => {
  const found = await own(row.id, from, world)
  return found
    ? claim(found, from, world)
    : say(told(t('practices.reuses.notYours', naming(row)), detailsButton(t, row.id)))
})

async function own(practice: string, from: From, { tx }: World): Promise<ShownAdoption | undefined> {
  const { organization: mine } = await standing(tx, from.member.id)
  return mine ? (await adoptionsOfOrganization(tx, mine)).find(row => row.practice === practice) : undefined
}

async function move(row: ShownAdoption, to: AdoptionState, from: From, world: World): Promise<Reply> {
  const t = world.t(from.member)
  if (!mayAdvance(await standing(world.tx, from.member.id), row)) {
    return say(
      told(t('practices.refused.advance', { organization: row.organizationName }), detailsButton(t, row.practice)),
    )
  }
  if (to === 'holder' && row.state === 'in-use') return claim(row, from, world)
  if (stepAfter(row.state) === to) {
    const at = world.now.epochMilliseconds
    const dated = to === 'deploying' ? { deployingAt: at } : { inUseAt: at }
    await moveAdoption(world.tx, row.id, row.state, { state: to, ...dated })
  }
  const after = (await shownAdoption(world.tx, row.id)) ?? row
  return inPrivate(after, adoptionNow, from, world)
}

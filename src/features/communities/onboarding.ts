import type { World } from '#src/core/feature.ts'
import { short } from '#src/core/fields.ts'
import { type Interaction, type Movement, type Of, problems, type Reply, say, silence } from '#src/core/interaction.ts'
import { member } from '#src/storage/members.ts'
import { boundPlace } from '#src/storage/places.ts'
import { hasRole } from '#src/storage/roles.ts'
import { programme } from '#src/storage/settings.ts'
import { onboarding, type Told } from './forms.ts'
import { introduce } from './introductions.ts'
import {
  beginChoice,
  coordinators,
  enterChoice,
  forReaders,
  nameOf,
  plainly,
  privately,
  readersOnly,
} from './messages.ts'
import { notice } from './notice.ts'
import { isOperator } from './people.ts'
import { clearReminder, setReminder } from './reminder.ts'
import {
  type Community,
  communities,
  communitiesOf,
  community,
  communityNamed,
  join,
  membership,
  membershipsOf,
  startMembership,
} from './store.ts'
import { asked, keep } from './telling.ts'
import { welcome } from './welcome.ts'

/** `entra`: into the community that was named, or one of those that are offered. */
export async function enterByName(event: Of<'command'>, world: World): Promise<Reply> {
  const t = world.t(event.member)
  const all = await communities(world.tx)
  const named = await communityNamed(world.tx, event.text)
  if (named) return enter(event, named, world)
  if (await isOperator(world.tx, event.member.id)) return say(readersOnly(t))
  if (all.length === 0) return say(plainly(t('communities.list.none')))
  const inside = await communitiesOf(world.tx, event.member.id)
  const offered = all.filter(({ id }) => !inside.includes(id)).map(each => enterChoice(t, each))
  if (event.text !== '') {
    const values = { given: short(event.text), example: all[0]?.id ?? '' }
    return say(plainly(t('communities.join.unknown', values), ...offered))
  }
  return say(
    offered.length > 0 ? plainly(t('communities.join.choose'), ...offered) : plainly(t('communities.join.all')),
  )
}

/** *Entro in …*, or *Rientro*. */
export async function enterByChoice(event: Of<'choice'>, world: World): Promise<Reply> {
  const found = await community(world.tx, event.value)
  return found ? enter(event, found, world) : gone(event, world)
}
const gone = (event: Interaction, world: World): Reply => say(plainly(world.t(event.member)('communities.join.gone')))

/** Who asks to come in reads first how her data is used. */
async function enter(event: Interaction, into: Community, world: World): Promise<Reply> {
  if (await isOperator(world.tx, event.member.id))
    return privately(event, await forOperators(event, into, world), world)
  const known = await membership(world.tx, event.member.id, into.id)
  if (known?.state === 'member') return already(event, into, world)
  await begin(event, into, world)
  return privately(event, notice(world.t(event.member), into), world)
}
const already = (event: Interaction, into: Community, world: World): Reply => {
  const t = world.t(event.member)
  return say(plainly(t('communities.join.already', { name: nameOf(t, into) })))
}

/** Notes that she is being welcomed, and that she may need one reminder. False when it had begun already. */
async function begin({ member }: Interaction, into: Community, world: World): Promise<boolean> {
  const started = await startMembership(world.tx, member.id, into.id, world.now)
  if (started && started.remindedAt === null) await setReminder(started, member.timezone, world)
  return started !== undefined
}

async function forOperators({ member }: Interaction, into: Community, world: World) {
  const t = world.t(member)
  const who = (await coordinators(t, world.tx, into.id)) ?? t.plain(t('communities.operators.coordinators'))
  return plainly(t('communities.operators.text', { name: nameOf(t, into), who }), ...forReaders(t))
}

/** Entering a community's place is asking to come in; entering the workspace is, where the kit says so. */
export async function joined(event: Movement<'joined'>, world: World): Promise<Reply> {
  const place = await boundPlace(world.tx, event.place)
  if (place?.purpose === 'community') await arrived(event, place.scope, world)
  // Somebody new in the workspace as a whole comes in by her direct conversation.
  if (place?.purpose === 'programme' || event.place.direct) await atTheDoor(event, world)
  return silence
}

async function arrived(event: Movement<'joined'>, scope: string, world: World): Promise<void> {
  const { member } = event
  const into = await community(world.tx, scope)
  if (!into || (await hasRole(world.tx, member.id, 'coordinator', scope))) return
  const operator = await isOperator(world.tx, member.id)
  if (!operator && !(await begin(event, into, world))) return
  const message = operator ? await forOperators(event, into, world) : notice(world.t(member), into)
  await world.outbox.enqueue({ to: { member: member.id }, message, key: `communities.arrived:${event.id}` })
}

async function atTheDoor({ member }: Movement<'joined'>, world: World): Promise<void> {
  const newcomer = (await membershipsOf(world.tx, member.id)).length === 0
  if (!newcomer || !(await programme(world.tx)).welcomeAtDoor || (await isOperator(world.tx, member.id))) return
  const t = world.t(member)
  const offered = (await communities(world.tx)).map(each => enterChoice(t, each))
  const message = plainly(t('communities.join.door'), ...offered)
  await world.outbox.enqueue({ to: { member: member.id }, message, key: `communities.door:${member.id}` })
}

/** `comincia`: the same as the button, for who has read the notice of one community or of several. */
export async function beginByName(event: Of<'command'>, world: World): Promise<Reply> {
  const open = (await membershipsOf(world.tx, event.member.id)).filter(({ state }) => state === 'onboarding')
  const all = (await communities(world.tx)).filter(({ id }) => open.some(row => row.community === id))
  const [only, ...others] = all
  if (!only) return enterByName(event, world)
  if (others.length === 0) return ask(event, only, world)
  const t = world.t(event.member)
  const offered = all.map(each => ({ ...beginChoice(t, each), label: t.literal(nameOf(t, each)) }))
  return say(plainly(t('communities.join.which'), ...offered))
}

/** *Comincio*: the questions, but only to who has been told how her data is used. */
export async function beginAnswering(event: Of<'choice'>, world: World): Promise<Reply> {
  const found = await community(world.tx, event.value)
  return found ? ask(event, found, world) : gone(event, world)
}
async function ask(event: Interaction, into: Community, world: World): Promise<Reply> {
  const { id } = event.member
  const known = await membership(world.tx, id, into.id)
  if (known?.state !== 'onboarding' || (await isOperator(world.tx, id))) return enter(event, into, world)
  return { kind: 'ask', form: onboarding, about: into.id, ...(await asked(id, [into.id], world)) }
}

/** Her answers: from now on she is in. */
export async function answered(told: Told, event: Of<'answers'>, world: World): Promise<Reply> {
  const found = await community(world.tx, event.about)
  return found ? finish(told, event, found, world) : gone(event, world)
}
async function finish(answers: Told, event: Interaction, into: Community, world: World): Promise<Reply> {
  const { id } = event.member
  const known = await membership(world.tx, id, into.id)
  if (known?.state !== 'onboarding' || (await isOperator(world.tx, id))) return enter(event, into, world)
  const kept = await keep(answers, id, [into.id], world)
  if ('problems' in kept) return problems(kept.problems)
  await join(world.tx, known, world.now)
  await clearReminder(known, world)
  const her = await member(world.tx, id)
  const told = her && kept.profile.introduce && (await introduce(her, known, into, kept, world))
  return say(await welcome(into, { ...kept, told: told === true }, world.t(event.member), world))
}

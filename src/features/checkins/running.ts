import type { World } from '#src/core/feature.ts'
import { type Interaction, type Member, type Reply, say } from '#src/core/interaction.ts'
import { rolesOf } from '#src/storage/roles.ts'
import { none, notHers, skipped } from './answer-messages.ts'
import { redrawPrompt } from './answering.ts'
import { alarmOf, askAll, begin, finish } from './asking.ts'
import { nextOpening, toStart } from './closing.ts'
import { plainly } from './messages.ts'
import { currentRound, hers, isOpen, missing, owners, type Round } from './round.ts'
import { extension } from './rules.ts'
import {
  alreadyOpen,
  closed,
  closeQuestion,
  extended,
  nothingOpen,
  nothingToStart,
  startChoice,
  started,
  state,
} from './state-messages.ts'
import { extendPeriod, periods, skipPeriod } from './store.ts'

async function coordinates(member: Member, world: World): Promise<boolean> {
  const roles = await rolesOf(world.tx, member.id)
  return roles.has('coordinator') || roles.has('administrator')
}

/** The open period, else the last one. */
export async function show({ member }: Interaction, world: World): Promise<Reply> {
  const t = world.t(member)
  const round = await currentRound(world)
  const steers = await coordinates(member, world)
  if (round) return say(state(t, round, member.id, isOpen(round, world.now), steers))
  const message = none(t, await nextOpening(member.timezone, world))
  return say(steers ? plainly(message.summary, startChoice(t)) : message)
}

/** No more reminders for this month; answering stays possible. */
export async function skip({ member }: Interaction, world: World): Promise<Reply> {
  const t = world.t(member)
  const round = await currentRound(world)
  if (!round || !isOpen(round, world.now)) return say(nothingOpen(t, await coordinates(member, world)))
  const mine = hers(round, member.id)
  if (mine.length === 0) return say(notHers(t))
  await skipPeriod(world.tx, round.period.id, member.id)
  return say(skipped(t, round, missing(mine)))
}

/** Starts the check-in now instead of at its time; everyone is asked at once. */
export async function start({ member }: Interaction, world: World): Promise<Reply> {
  const t = world.t(member)
  const current = await currentRound(world)
  if (current && current.period.closedAt === null) return say(alreadyOpen(t, current))
  const month = await toStart(await periods(world.tx), world)
  const round = month && (await begin(month, world))
  if (!round) return say(current ? nothingToStart(t, current.period) : nothingOpen(t))
  return say(started(t, round, await askAll(round, world, false)))
}

/** The one that is open, as long as nobody has closed it. */
async function running(world: World): Promise<Round | undefined> {
  const round = await currentRound(world)
  return round?.period.closedAt === null ? round : undefined
}

/** Moves the closing to a day, or by so many working days. */
export async function extend(event: Interaction, text: string, world: World): Promise<Reply> {
  const t = world.t(event.member)
  const round = await running(world)
  if (!round) return say(nothingOpen(t))
  const moved = extension(text, round, world.now, world.calendar)
  if (!moved.ok) return say(plainly(t(moved.problem.key, moved.problem.values)))
  const { id } = round.period
  await extendPeriod(world.tx, id, moved.value, world.now)
  await world.alarms.set({ name: 'checkins.close', key: alarmOf(id), at: moved.value, about: id })
  const later = await currentRound(world)
  if (!later) throw new Error(`${id} was extended and is gone`)
  for (const owner of owners(later)) await redrawPrompt(later, owner, event.id, world)
  return say(extended(t, later))
}

export async function askToClose({ member }: Interaction, world: World): Promise<Reply> {
  const round = await running(world)
  return say(round ? closeQuestion(world.t(member), round) : nothingOpen(world.t(member)))
}

/** Closes now; the digest follows. */
export async function closeNow({ member }: Interaction, world: World): Promise<Reply> {
  const t = world.t(member)
  const round = await running(world)
  if (!round) return say(nothingOpen(t))
  const closesAt = world.now
  await finish({ id: round.period.id, closesAt }, world)
  return say(closed(t, round))
}

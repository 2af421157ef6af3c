import type { World } from '#src/core/feature.ts'
import { type Interaction, type Member, type Of, type Reply, say } from '#src/core/interaction.ts'
import { rolesOf } from '#src/storage/roles.ts'
import { none, notHers, over, skipped } from './answer-messages.ts'
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
  extendedAlready,
  nothingOpen,
  nothingToStart,
  startChoice,
  started,
  startQuestion,
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
  const next = steers ? await toStart(await periods(world.tx), world) : undefined
  if (round) return say(state(t, round, member.id, isOpen(round, world.now), { coordinates: steers, next }))
  const message = none(t, await nextOpening(member.timezone, world))
  return say(next ? plainly(message.summary, startChoice(t, next)) : message)
}

/** When the next opens by itself; and to who coordinates, a button that opens it now. */
async function nothing({ member }: Interaction, world: World): Promise<Reply> {
  const opening = await nextOpening(member.timezone, world)
  const steers = await coordinates(member, world)
  return say(nothingOpen(world.t(member), opening, steers ? await toStart(await periods(world.tx), world) : undefined))
}

/** The button names a month: of one that is over there is nothing to skip. */
export async function skipByChoice(event: Of<'choice'>, world: World): Promise<Reply> {
  const round = await currentRound(world)
  const past = round && event.value < round.period.id
  return past ? say(over(world.t(event.member), event.value, round.period.id)) : skip(event, world)
}

/** No more reminders for this month; answering stays possible. */
export async function skip(event: Interaction, world: World): Promise<Reply> {
  const { member } = event
  const t = world.t(member)
  const round = await currentRound(world)
  if (!round || !isOpen(round, world.now)) return nothing(event, world)
  const mine = hers(round, member.id)
  if (mine.length === 0) return say(notHers(t))
  await skipPeriod(world.tx, round.period.id, member.id)
  return say(skipped(t, round, missing(mine)))
}

/** Starts the check-in of a month that is over. One that will open by itself is asked about first. */
export async function askToStart(event: Interaction, world: World): Promise<Reply> {
  const month = await toStart(await periods(world.tx), world)
  const opening = await nextOpening(event.member.timezone, world)
  const early = month === opening.month && !(await running(world))
  return early ? say(startQuestion(world.t(event.member), opening)) : start(event, world)
}

/** The button names a month: later, when that is not the one to start, it asks about the one that is. */
export async function startNow(event: Of<'choice'>, world: World): Promise<Reply> {
  const month = await toStart(await periods(world.tx), world)
  return month === event.value ? start(event, world) : askToStart(event, world)
}

/** Starts the check-in now instead of at its time; everyone is asked at once. */
export async function start(event: Interaction, world: World): Promise<Reply> {
  const { member } = event
  const t = world.t(member)
  const current = await currentRound(world)
  if (current && current.period.closedAt === null) return say(alreadyOpen(t, current))
  const month = await toStart(await periods(world.tx), world)
  const round = month && (await begin(month, world))
  if (round) return say(started(t, round, await askAll(round, world, false)))
  return current
    ? say(nothingToStart(t, current.period, await nextOpening(member.timezone, world)))
    : nothing(event, world)
}

/** The one that is open, as long as nobody has closed it. */
async function running(world: World): Promise<Round | undefined> {
  const round = await currentRound(world)
  return round?.period.closedAt === null ? round : undefined
}

/** Moves the closing to a day, or by so many working days. Said twice, or by two people, the usual days are given once. */
export async function extend(event: Interaction, text: string, world: World): Promise<Reply> {
  const t = world.t(event.member)
  const round = await running(world)
  if (!round) return nothing(event, world)
  const moved = extension(text, round, world.now, world.calendar)
  if (text === '' && round.period.extendedAt !== null)
    return say(extendedAlready(t, round, moved.ok ? moved.value : undefined))
  if (!moved.ok) return say(plainly(t(moved.problem.key, moved.problem.values)))
  return say(extended(t, await moveClosing(moved.value, round, event, world)))
}

/** The press on a day that was offered: a second one finds it there. */
export async function extendTo(event: Of<'choice'>, world: World): Promise<Reply> {
  const round = await running(world)
  const day = round?.due?.toZonedDateTimeISO(round.home.timezone).toPlainDate().toString()
  return round && day === event.value ? say(extended(world.t(event.member), round)) : extend(event, event.value, world)
}

async function moveClosing(at: Temporal.Instant, round: Round, event: Interaction, world: World): Promise<Round> {
  const { id } = round.period
  await extendPeriod(world.tx, id, at, world.now)
  await world.alarms.set({ name: 'checkins.close', key: alarmOf(id), at, about: id })
  return redrawPrompts(event, world)
}

/** What everybody was asked says until when, as it now is. */
async function redrawPrompts(event: Interaction, world: World): Promise<Round> {
  const round = await currentRound(world)
  if (!round) throw new Error('the check-in was moved and is gone')
  for (const owner of owners(round)) await redrawPrompt(round, owner, event.id, world)
  return round
}

export async function askToClose(event: Interaction, world: World): Promise<Reply> {
  const round = await running(world)
  return round ? say(closeQuestion(world.t(event.member), round)) : nothing(event, world)
}

/** The button names a month: later, when that is not the one that is open, it asks about the one that is. */
export async function closeByChoice(event: Of<'choice'>, world: World): Promise<Reply> {
  const round = await running(world)
  return round && round.period.id !== event.value ? askToClose(event, world) : closeNow(event, world)
}

/** Closes now; the digest follows. */
export async function closeNow(event: Interaction, world: World): Promise<Reply> {
  const t = world.t(event.member)
  const round = await running(world)
  if (!round) return nothing(event, world)
  const closesAt = world.now
  await finish({ id: round.period.id, closesAt }, world)
  await redrawPrompts(event, world)
  return say(closed(t, round))
}

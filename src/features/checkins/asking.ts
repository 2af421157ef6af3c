import type { Due, World } from '#src/core/feature.ts'
import { type MemberRow, membersById } from '#src/storage/members.ts'
import { programme } from '#src/storage/settings.ts'
import { promptKey } from './answering.ts'
import { closing, collectedUntil } from './closing.ts'
import { prompt, reminder } from './messages.ts'
import { hers, isOpen, missing, owners, type Round, roundOf } from './round.ts'
import { monthBefore } from './rules.ts'
import { closePeriod, openPeriod, periodOf, periods, skipsOf } from './store.ts'

/** The job `open`, once in every zone: the first zone to come opens the period, each asks those who live in it. */
export async function open({ scheduled, late, zone }: Due, world: World): Promise<void> {
  const month = monthBefore(scheduled, zone)
  const round = await begin(month, world)
  if (round) await askAll(round, world, late, zone)
}

/** Puts a period on record as open; undefined when its time is over. An older one that is still open is closed first. */
export async function begin(month: string, world: World): Promise<Round | undefined> {
  const { tx, now } = world
  const home = await programme(tx)
  const closesAt = await closing(month, home, world)
  const known = await periods(tx)
  const over = closesAt !== undefined && Temporal.Instant.compare(now, closesAt) >= 0
  if (!known.some(({ id }) => id >= month) && !over) {
    for (const { id, closedAt } of known) if (closedAt === null) await finish({ id, closesAt: now }, world)
    const last = closesAt ?? collectedUntil(month, home.timezone)
    await openPeriod(tx, { id: month, closesAt: last.epochMilliseconds }, now)
  }
  const period = await periodOf(tx, month)
  const round = period && (await roundOf(period, world))
  return round && isOpen(round, now) ? round : undefined
}

/** One direct message to everyone who answers for something, in one zone or in all. Returns how many people that is. */
export async function askAll(round: Round, world: World, late: boolean, zone?: string): Promise<number> {
  const people = await ownersIn(round, world, zone)
  for (const person of people) {
    await world.outbox.enqueue({
      to: { member: person.id },
      message: prompt(world.t(person), round, person.id, true, late),
      key: promptKey(round, person.id),
      unasked: { until: lastMoment(round) },
    })
  }
  return people.length
}

const ownersIn = async (round: Round, { tx }: World, zone?: string): Promise<MemberRow[]> =>
  (await membersById(tx, owners(round)))
    .filter(({ timezone }) => zone === undefined || timezone === zone)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** After this nobody is asked any more: the close, or where the kit decides that, the end of the month. */
const lastMoment = ({ period, home, due }: Round): Temporal.Instant => due ?? collectedUntil(period.id, home.timezone)

/** The jobs `remind` and `remindAgain`: those with something missing, unless they said that this month it is enough. */
export async function remind({ scheduled, zone }: Due, world: World): Promise<void> {
  const { tx, now } = world
  const period = await periodOf(tx, monthBefore(scheduled, zone))
  const round = period && (await roundOf(period, world))
  // Asked only now, after a downtime: a reminder on top of it would be one too many.
  const justAsked = (period?.openedAt ?? 0) >= scheduled.epochMilliseconds
  if (!round || justAsked || !isOpen(round, now)) return
  await remindThose(round, await ownersIn(round, world, zone), world)
}

/** The alarm of whoever had a pause when she was to be reminded: `2027-01 <member>`. */
export async function remindAfterPause(about: string, world: World): Promise<void> {
  const [month = '', id = ''] = about.split(' ')
  const period = await periodOf(world.tx, month)
  const round = period && (await roundOf(period, world))
  if (!round || !isOpen(round, world.now)) return
  const owner = (await ownersIn(round, world)).filter(each => each.id === id)
  await remindThose(round, owner, world)
}

/** Those with something missing, unless they said that this month it is enough. */
async function remindThose(round: Round, people: readonly MemberRow[], world: World): Promise<void> {
  const skipped = await skipsOf(world.tx, round.period.id)
  for (const person of people)
    if (!skipped.includes(person.id) && missing(hers(round, person.id)).length > 0)
      await remindOne(round, person, world)
}

/** A pause is waited for here and not in the outbox: when it ends, she may have answered, or have it enough. */
async function remindOne(round: Round, person: MemberRow, world: World): Promise<void> {
  const { now, outbox, alarms } = world
  // Where she has yet to be asked, a reminder would come with the question.
  if (await outbox.isUnread(promptKey(round, person.id))) return
  const key = `checkin.remind:${round.period.id}:${person.id}`
  const until = person.pausedUntil ?? 0
  if (until > now.epochMilliseconds) {
    const at = Temporal.Instant.fromEpochMilliseconds(until)
    return alarms.set({ name: 'checkins.remind', key, at, about: `${round.period.id} ${person.id}` })
  }
  await outbox.enqueue({
    to: { member: person.id },
    message: reminder(world.t(person), round, person.id),
    // By day: two reminders that were missed come as one.
    key: `${key}:${now.toZonedDateTimeISO(person.timezone).toPlainDate()}`,
    unasked: { until: lastMoment(round) },
  })
}

/**
 * The job `close`. A period that was moved is left to its alarm. One that never opened is put on record as closed, but
 * nothing is closed before the first check-in.
 */
export async function close({ scheduled, last, zone }: Due, world: World): Promise<void> {
  const month = monthBefore(scheduled, zone)
  const known = await periods(world.tx)
  const period = known.find(({ id }) => id === month)
  const moved = period?.extendedAt != null && period.closesAt > scheduled.epochMilliseconds
  const first = !period && !known.some(({ id }) => id < month)
  if (!moved && !first) await finish({ id: month, closesAt: scheduled }, world, last)
}

/** The alarm `checkins.close`, at the moment to which a coordinator moved the closing. */
export async function closeMoved(month: string, world: World): Promise<void> {
  const period = await periodOf(world.tx, month)
  if (!period || period.closesAt > world.now.epochMilliseconds) return
  await finish({ id: month, closesAt: Temporal.Instant.fromEpochMilliseconds(period.closesAt) }, world)
}

export const alarmOf = (month: string): string => `checkins.close:${month}`

/** Closes a period, once, and has its digest made right after the commit. False when it was closed already. */
export async function finish(
  { id, closesAt }: { id: string; closesAt: Temporal.Instant },
  world: World,
  tell = true,
): Promise<boolean> {
  const { tx, now, alarms } = world
  if (!(await closePeriod(tx, { id, closesAt: closesAt.epochMilliseconds }, now))) return false
  await alarms.clear(alarmOf(id))
  if (tell) await alarms.set({ name: 'digests.month', key: `digest:${id}`, at: now, about: id })
  return true
}

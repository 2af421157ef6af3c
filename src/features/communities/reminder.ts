import type { World } from '#src/core/feature.ts'
import { member } from '#src/storage/members.ts'
import { programme } from '#src/storage/settings.ts'
import { beginChoice, nameOf, plainly } from './messages.ts'
import { humane } from './rules.ts'
import { community, type Membership, markReminded, membershipById } from './store.ts'

const WORKING_DAYS = 3
const keyOf = ({ id }: Membership): string => `communities.remind:${id}`

/** Three working days from now, at a humane hour where she lives. */
export async function setReminder(row: Membership, zone: string, world: World): Promise<void> {
  const { feast } = await programme(world.tx)
  await setAt(row, world.calendar.addWorkingDays(world.now, WORKING_DAYS, zone, feast), zone, world, feast)
}
export const clearReminder = (row: Membership, { alarms }: World): Promise<void> => alarms.clear(keyOf(row))

async function setAt(row: Membership, at: Temporal.Instant, zone: string, world: World, feast?: string): Promise<void> {
  const humanely = humane(at, zone, world.calendar, feast)
  await world.alarms.set({ name: 'communities.remind', key: keyOf(row), at: humanely, about: row.id })
}

/** The one reminder. A pause is waited for here and not in the outbox: when it ends, she may have finished. */
export async function remind(about: string, world: World): Promise<void> {
  const row = await membershipById(world.tx, about)
  const her = row && (await member(world.tx, row.member))
  const into = row && (await community(world.tx, row.community))
  if (!her || !into || her.erasedAt !== null || row.state !== 'onboarding') return
  const { feast } = await programme(world.tx)
  if ((her.pausedUntil ?? 0) > world.now.epochMilliseconds) {
    return setAt(row, Temporal.Instant.fromEpochMilliseconds(her.pausedUntil ?? 0), her.timezone, world, feast)
  }
  if (!(await markReminded(world.tx, row.id, world.now))) return
  const t = world.t(her)
  const message = plainly(
    t('communities.reminder.text', { name: nameOf(t, into) }),
    { ...beginChoice(t, into), label: t('communities.reminder.begin') },
    { label: t('communities.reminder.leave'), action: 'communities.leave', value: into.id },
  )
  await world.outbox.enqueue({
    to: { member: her.id },
    message,
    key: `communities.reminder:${row.id}`,
    unasked: {},
  })
}

import type { Due, Feature, Window, World } from '#src/core/feature.ts'
import { short } from '#src/core/fields.ts'
import { type Member, type Reply, say } from '#src/core/interaction.ts'
import type { Reader } from '#src/core/message.ts'
import { type Period, periods } from '#src/features/checkins/store.ts'
import { type BoundPlace, placesFor } from '#src/storage/places.ts'
import { withRole } from '#src/storage/roles.ts'
import { programme } from '#src/storage/settings.ts'
import { digest, future, monthChoice, type Told, unreadable, weekChoice } from './messages.ts'
import { readMonth, weekBefore, wholeMonth } from './rules.ts'

/** A closing that came more than this after its time makes its digest late. */
const LATE = Temporal.Duration.from({ minutes: 15 }).total('milliseconds')

const told = async (window: Window, reader: Reader, world: World, note: Told['note']): Promise<Told> => ({
  window,
  blocks: await world.everything.digest(window, reader),
  note,
})

/** To every place of the coordinators; where there is none, to each of them. */
async function post(window: Window, late: boolean, world: World): Promise<void> {
  const key = `digest:${window.period ?? window.from.toZonedDateTimeISO('UTC').toPlainDate()}`
  const note = late ? 'late' : undefined
  const places = await placesFor(world.tx, 'coordinators')
  for (const place of places) {
    const message = digest(world.t(place), await told(window, place, world, note))
    const address = `${place.platform}:${place.workspace}:${place.id}`
    await world.outbox.enqueue({ to: place, message, key: `${key}:${address}`, ...afterFeast(place, world) })
  }
  if (places.length > 0) return
  for (const member of await withRole(world.tx, 'coordinator')) {
    const message = digest(world.t(member), await told(window, member, world, note))
    await world.outbox.enqueue({ to: { member: member.id }, message, key: `${key}:${member.id}`, unasked: {} })
  }
}

/** On the patron feast of the place nobody is there: it waits for the next working day, at the same hour. */
function afterFeast({ feast, timezone }: BoundPlace, { now, calendar }: World): { notBefore?: Temporal.Instant } {
  const today = now.toZonedDateTimeISO(timezone).toPlainDate()
  const isFeast = feast !== undefined && calendar.isHoliday(today, feast) && !calendar.isHoliday(today)
  return isFeast ? { notBefore: calendar.addWorkingDays(now, 0, timezone, feast) } : {}
}

async function week({ scheduled, late, zone }: Due, world: World): Promise<void> {
  await post(weekBefore(scheduled, zone), late, world)
}

/** The alarm `digests.month`: a period has just closed. */
async function month(about: string, world: World): Promise<void> {
  const { timezone } = await programme(world.tx)
  const period = (await periods(world.tx)).find(({ id }) => id === about)
  await post(wholeMonth(about, timezone), period !== undefined && closedLate(period), world)
}

const closedLate = ({ closedAt, closesAt }: Period): boolean => closedAt !== null && closedAt - closesAt > LATE

/** `riepilogo`: the last period that was closed, a month, or the last whole week. */
async function show(member: Member, text: string, world: World): Promise<Reply> {
  const t = world.t(member)
  const { timezone } = await programme(world.tx)
  const words = ['it', 'en'].map(locale => t.plain(world.t({ locale, timezone })('digests.words.week')))
  const wanted = readMonth(text, world.now, timezone, ['week', ...words])
  const latest = await latestMonth(world, timezone)
  switch (wanted.kind) {
    case 'unreadable':
      return say(unreadable(t, short(text), monthChoice(t, latest), weekChoice(t)))
    case 'future':
      return say(future(t, wanted.month, monthChoice(t, latest), weekChoice(t)))
    case 'week':
      return say(
        digest(t, await told(weekBefore(world.now, timezone), member, world, undefined), monthChoice(t, latest)),
      )
    default:
      return say(await ofMonth(wanted.kind === 'month' ? wanted.month : latest, member, world, timezone))
  }
}

async function ofMonth(wanted: string, member: Member, world: World, zone: string): Promise<ReturnType<typeof digest>> {
  const t = world.t(member)
  const window = wholeMonth(wanted, zone)
  const running = Temporal.Instant.compare(world.now, window.to) < 0
  const before = Temporal.PlainYearMonth.from(wanted).subtract({ months: 1 }).toString()
  const content = await told(window, member, world, running ? 'soFar' : undefined)
  return digest(t, content, monthChoice(t, before), weekChoice(t))
}

/** The last closed period; where none is, the month before this one. */
async function latestMonth({ tx, now }: World, zone: string): Promise<string> {
  const closed = (await periods(tx)).findLast(({ closedAt }) => closedAt !== null)
  return closed?.id ?? now.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth().subtract({ months: 1 }).toString()
}

export const digests: Feature = {
  name: 'digests',
  commands: { show: { for: ['coordinator'], run: ({ member, text }, world) => show(member, text, world) } },
  choices: { 'digests.show': { for: ['coordinator'], run: ({ member, value }, world) => show(member, value, world) } },
  jobs: {
    week: { rule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=8;BYMINUTE=30', missed: 'latest', per: 'programme', run: week },
  },
  alarms: { 'digests.month': month },
}

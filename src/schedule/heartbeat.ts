import { and, eq } from 'drizzle-orm'
import type { Job } from '#src/core/feature.ts'
import type { Ports } from '#src/core/ports.ts'
import type { Registry } from '#src/core/registry.ts'
import { worldOf } from '#src/core/world.ts'
import { queries } from '#src/storage/database.ts'
import { zones } from '#src/storage/members.ts'
import { programme } from '#src/storage/settings.ts'
import { nextAlarm, takeAlarm } from './alarms.ts'
import { type Recurrence, recurrence } from './recurrence.ts'
import { schedules } from './schema.ts'

/** An occurrence that came more than this after its time says that it is late. */
const LATE = Temporal.Duration.from({ minutes: 15 }).total('milliseconds')

/** One job in one zone, with the instant up to which it has run. */
interface Schedule {
  name: string
  job: Job
  zone: string
  recurrence: Recurrence
  ranAt: Temporal.Instant
}
/** An occurrence to run, and up to where the schedule has then come. */
interface Occurrence {
  schedule: Schedule
  at: Temporal.Instant
  last: boolean
}

export interface Heartbeat {
  /** Runs one thing that is due, the earliest: an occurrence of a job, or an alarm. False when there is none. */
  beat(): Promise<boolean>
  /** When the next one is due, in epoch milliseconds. */
  next(): Promise<number | undefined>
}

export function heartbeat(registry: Registry, ports: Ports): Heartbeat {
  const known = new Map<string, Recurrence>()
  const recurrenceOf = (rule: string, zone: string, feast?: string): Recurrence => {
    const key = `${rule}@${zone}/${feast ?? ''}`
    const made = known.get(key) ?? recurrence(rule, zone, ports.calendar, feast ? { feast } : {})
    known.set(key, made)
    return made
  }

  /** Every job in every zone it runs in; one that is new starts counting now. */
  async function all(): Promise<Schedule[]> {
    const [home, lived, rows] = await ports.read(async tx => [await programme(tx), await zones(tx), await queries(tx).select().from(schedules)] as const)
    const ran = new Map(rows.map(row => [row.name, row.ranAt]))
    const wanted = [...registry.jobs].flatMap(([id, job]) => {
      const inZones = job.per === 'zone' ? [...new Set([home.timezone, ...lived])].toSorted() : [home.timezone]
      return inZones.map(zone => ({ name: `${id}@${zone}`, job, zone, recurrence: recurrenceOf(home.schedules[id] ?? job.rule, zone, home.feast) }))
    })
    const fresh = wanted.filter(({ name }) => !ran.has(name))
    if (fresh.length > 0) await begin(fresh.map(({ name }) => name))
    return wanted.map(each => ({ ...each, ranAt: Temporal.Instant.fromEpochMilliseconds(ran.get(each.name) ?? ports.now().epochMilliseconds) }))
  }
  const begin = (names: string[]): Promise<void> =>
    ports.transaction(async tx => {
      const rows = names.map(name => ({ name, ranAt: ports.now().epochMilliseconds }))
      await queries(tx).insert(schedules).values(rows).onConflictDoNothing()
    })

  function earliest(schedule: Schedule): Occurrence[] {
    const { job, ranAt } = schedule
    const now = ports.now()
    if (Temporal.Instant.compare(ranAt, now) >= 0) return []
    const latest = schedule.recurrence.last(ranAt, now)
    if (!latest) return []
    const at = job.missed === 'latest' ? latest : schedule.recurrence.next(ranAt)
    return [{ schedule, at, last: at.equals(latest) }]
  }

  async function run({ schedule, at, last }: Occurrence): Promise<void> {
    const { name, job, zone, ranAt } = schedule
    const mine = and(eq(schedules.name, name), eq(schedules.ranAt, ranAt.epochMilliseconds))
    const late = ports.now().epochMilliseconds - at.epochMilliseconds > LATE
    await isolated(name, async () =>
      ports.transaction(async tx => {
        const claimed = await queries(tx).update(schedules).set({ ranAt: at.epochMilliseconds }).where(mine).returning()
        if (claimed.length > 0) await job.run({ scheduled: at, late, last, zone }, worldOf(registry, ports, tx))
      }),
      () => ports.transaction(async tx => void (await queries(tx).update(schedules).set({ ranAt: at.epochMilliseconds }).where(mine))),
    )
    ports.log.info({ schedule: name, late }, 'ran')
  }

  async function ring(): Promise<void> {
    await isolated('alarm', () =>
      ports.transaction(async tx => {
        const alarm = await nextAlarm(tx)
        if (!alarm || alarm.at > ports.now().epochMilliseconds || !(await takeAlarm(tx, alarm))) return
        await registry.alarms.get(alarm.name)?.(alarm.about, worldOf(registry, ports, tx))
      }),
      () => ports.transaction(async tx => {
        const alarm = await nextAlarm(tx)
        if (alarm) await takeAlarm(tx, alarm)
      }),
    )
  }

  /** A job that fails is a mistake of ours: it is logged and passed over, so that the others go on. */
  async function isolated(name: string, work: () => Promise<void>, passOver: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      ports.log.error({ schedule: name, error }, 'a job failed')
      await passOver()
    }
  }

  return {
    beat: async () => {
      const due = (await all()).flatMap(earliest).toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
      const alarm = await ports.read(nextAlarm)
      const [first] = due
      const alarmFirst = alarm && alarm.at <= ports.now().epochMilliseconds && alarm.at <= (first?.at.epochMilliseconds ?? Infinity)
      if (alarmFirst) await ring()
      else if (first) await run(first)
      return Boolean(alarmFirst || first)
    },
    next: async () => {
      const occurrences = (await all()).map(({ recurrence, ranAt }) => recurrence.next(ranAt).epochMilliseconds)
      const alarm = await ports.read(nextAlarm)
      const candidates = [...occurrences, ...(alarm ? [alarm.at] : [])]
      return candidates.length > 0 ? Math.min(...candidates) : undefined
    },
  }
}

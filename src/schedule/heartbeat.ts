import type { Ports } from '#src/core/ports.ts'
import type { Registry } from '#src/core/registry.ts'
import { worldOf } from '#src/core/world.ts'
import { type Alarm, nextAlarm, takeAlarm } from './alarms.ts'
import { moveUp, type Schedule, schedulesOf } from './schedules.ts'

/** An occurrence that comes more than this after its time says that it is late, in milliseconds. */
const LATE = Temporal.Duration.from({ minutes: 15 }).total('milliseconds')

/** An occurrence to run; `last` is false when a later missed one follows. */
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

/** What is due is computed from the rules and from how far each has run: downtime and clock changes lose nothing. */
export function heartbeat(registry: Registry, ports: Ports): Heartbeat {
  const schedules = schedulesOf(registry, ports)
  return {
    beat: async () => {
      const due = (await schedules()).flatMap(schedule => dueIn(schedule, ports.now()))
      const [first] = due.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
      const alarm = await ports.read(nextAlarm)
      if (alarm && alarm.at <= (first?.at ?? ports.now()).epochMilliseconds) await ring(alarm, registry, ports)
      else if (first) await run(first, registry, ports)
      else return false
      return true
    },
    next: async () => {
      const occurrences = (await schedules()).map(each => each.recurrence.next(each.ranAt).epochMilliseconds)
      const alarm = await ports.read(nextAlarm)
      const times = alarm ? [...occurrences, alarm.at] : occurrences
      return times.length > 0 ? Math.min(...times) : undefined
    },
  }
}

/** The occurrence that a schedule has to run next: of those it missed, the latest or the first. */
function dueIn(schedule: Schedule, now: Temporal.Instant): Occurrence[] {
  const { recurrence, ranAt, job } = schedule
  const latest = Temporal.Instant.compare(ranAt, now) < 0 ? recurrence.last(ranAt, now) : undefined
  if (!latest) return []
  const at = job.missed === 'latest' ? latest : recurrence.next(ranAt)
  return [{ schedule, at, last: at.equals(latest) }]
}

async function run({ schedule, at, last }: Occurrence, registry: Registry, ports: Ports): Promise<void> {
  const { name, job, zone } = schedule
  const late = ports.now().epochMilliseconds - at.epochMilliseconds > LATE
  try {
    await ports.transaction(async tx => {
      if (await moveUp(tx, schedule, at))
        await job.run({ scheduled: at, late, last, zone }, worldOf(registry, ports, tx))
    })
    ports.log.info({ schedule: name, late }, 'ran')
  } catch (error) {
    // A job that fails is a mistake of ours: it is passed over, so that the others go on.
    ports.log.error({ schedule: name, error }, 'a job failed')
    await ports.transaction(tx => moveUp(tx, schedule, at))
  }
}

async function ring(alarm: Alarm, registry: Registry, ports: Ports): Promise<void> {
  try {
    await ports.transaction(async tx => {
      if (!(await takeAlarm(tx, alarm))) return
      await registry.alarms.get(alarm.name)?.(alarm.about, worldOf(registry, ports, tx))
    })
  } catch (error) {
    ports.log.error({ alarm: alarm.name, key: alarm.key, error }, 'an alarm failed')
    await ports.transaction(tx => takeAlarm(tx, alarm))
  }
}

import type { Ports } from '#src/core/ports.ts'
import type { Registry } from '#src/core/registry.ts'
import { worldOf } from '#src/core/world.ts'
import { type Alarm, nextAlarm, takeAlarm } from './alarms.ts'
import { moveUp, type Schedule, schedulesOf } from './schedules.ts'
import { type Setbacks, setbacks } from './setbacks.ts'

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
  const waiting = setbacks()
  const agenda = agendaOf(registry, ports, waiting)
  const attempt = async (name: string, work: Attempt): Promise<true> => {
    const failure = await work.run().then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    const delay = (ports.now().epochMilliseconds - work.at) / 1000
    const observe = (outcome: 'ran' | 'again' | 'passed-over') =>
      ports.observe({ kind: 'ran', name: work.what, outcome, delay })
    if (!failure) {
      waiting.succeeded(name)
      observe('ran')
    } else if (!waiting.failed(name, ports.now(), ports.isUnable(failure.error))) {
      ports.log.warn({ name, ...failure }, 'failed, and will be tried again')
      observe('again')
    } else {
      // Still failing, it is a mistake of ours: it is passed over, so that the others go on.
      ports.log.error({ name, ...failure }, 'failed, and is passed over')
      observe('passed-over')
      await work.passOver()
    }
    return true
  }
  return {
    beat: async () => {
      const { schedules, alarm, next } = await agenda()
      if (next === undefined || next > ports.now().epochMilliseconds) return false
      const due = schedules.flatMap(schedule => dueIn(schedule, ports.now()))
      const [first] = due.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
      if (alarm && alarm.at <= (first?.at ?? ports.now()).epochMilliseconds)
        return attempt(alarm.key, ringing(alarm, registry, ports))
      return first ? attempt(first.schedule.name, running(first, registry, ports)) : false
    },
    next: async () => (await agenda()).next,
  }
}

/** Everything that will be due, and when the first of it is, in epoch milliseconds. */
interface Agenda {
  schedules: Schedule[]
  alarm: Alarm | undefined
  next: number | undefined
}

/** Read again only when something was written since: most beats have nothing to do, and cost no query. */
function agendaOf(registry: Registry, ports: Ports, waiting: Setbacks): () => Promise<Agenda> {
  const schedulesNow = schedulesOf(registry, ports)
  const read = async (held: readonly string[]): Promise<Agenda> => {
    const schedules = (await schedulesNow()).filter(({ name }) => !held.includes(name))
    const alarm = await ports.read(tx => nextAlarm(tx, held))
    const occurrences = schedules.map(each => each.recurrence.next(each.ranAt).epochMilliseconds)
    const times = [...occurrences, ...(alarm ? [alarm.at] : []), ...waiting.until(held)]
    return { schedules, alarm, next: times.length > 0 ? Math.min(...times) : undefined }
  }
  let known: { version: unknown; held: readonly string[]; agenda: Agenda } | undefined
  return async () => {
    // Asked before the reading: what is written meanwhile is read the next time.
    const version = ports.version()
    const held = waiting.held(ports.now())
    if (!known || known.version !== version || known.held !== held) known = { version, held, agenda: await read(held) }
    return known.agenda
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

interface Attempt {
  /** The job or the alarm, by its own name, and when it was due, in epoch milliseconds. */
  what: string
  at: number
  run(): Promise<void>
  passOver(): Promise<unknown>
}

const running = ({ schedule, at, last }: Occurrence, registry: Registry, ports: Ports): Attempt => ({
  what: schedule.id,
  at: at.epochMilliseconds,
  run: async () => {
    const { name, job, zone } = schedule
    const late = ports.now().epochMilliseconds - at.epochMilliseconds > LATE
    await ports.transaction(async tx => {
      if (await moveUp(tx, schedule, at))
        await job.run({ scheduled: at, late, last, zone }, worldOf(registry, ports, tx))
    })
    ports.log.info({ schedule: name, late }, 'ran')
  },
  passOver: () => ports.transaction(tx => moveUp(tx, schedule, at)),
})

const ringing = (alarm: Alarm, registry: Registry, ports: Ports): Attempt => ({
  what: alarm.name,
  at: alarm.at,
  run: () =>
    ports.transaction(async tx => {
      if (await takeAlarm(tx, alarm)) await registry.alarms.get(alarm.name)?.(alarm.about, worldOf(registry, ports, tx))
    }),
  passOver: () => ports.transaction(tx => takeAlarm(tx, alarm)),
})

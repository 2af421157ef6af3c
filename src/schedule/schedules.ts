import { and, eq } from 'drizzle-orm'
import type { Calendar } from '#src/core/calendar.ts'
import type { Job, Tx } from '#src/core/feature.ts'
import type { Ports } from '#src/core/ports.ts'
import type { Registry } from '#src/core/registry.ts'
import { isZone } from '#src/core/zone.ts'
import { queries } from '#src/storage/database.ts'
import { zones } from '#src/storage/members.ts'
import { prepared } from '#src/storage/prepared.ts'
import { type Programme, programme } from '#src/storage/settings.ts'
import { type Recurrence, recurrence } from './recurrence.ts'
import { schedules } from './schema.ts'

/** One job in one zone, with the instant up to which it has run. */
export interface Schedule {
  id: string
  /** The job and the zone. */
  name: string
  job: Job
  zone: string
  recurrence: Recurrence
  ranAt: Temporal.Instant
}

const known = prepared(on => on.select().from(schedules))
/** Every job in every zone it runs in; one that is new starts counting now. */
export function schedulesOf(registry: Registry, ports: Ports): () => Promise<Schedule[]> {
  const recurrences = recurrencesOn(ports.calendar)
  return async () => {
    const { home, lived, ran } = await ports.read(async tx => ({
      home: await programme(tx),
      lived: await zones(tx),
      ran: new Map((await known(tx).execute()).map(row => [row.name, row.ranAt])),
    }))
    const wanted = [...registry.jobs].flatMap(([id, job]) => {
      const inZones =
        job.per === 'zone' ? [...new Set([home.timezone, ...lived.filter(isZone)])].toSorted() : [home.timezone]
      const rule = ruleOf(id, job, home)
      return inZones.map(zone => ({
        id,
        name: `${id}@${zone}`,
        job,
        zone,
        recurrence: recurrences(rule, zone, home.feast),
      }))
    })
    const now = ports.now().epochMilliseconds
    const fresh = wanted.filter(({ name }) => !ran.has(name)).map(({ name }) => ({ name, ranAt: now }))
    if (fresh.length > 0) await ports.transaction(tx => begin(tx, fresh))
    return wanted.map(each => ({ ...each, ranAt: Temporal.Instant.fromEpochMilliseconds(ran.get(each.name) ?? now) }))
  }
}

/** Whether a bot was ever at work here. */
export const hasRun = async (tx: Tx): Promise<boolean> => (await known(tx).execute()).length > 0

async function begin(tx: Tx, fresh: (typeof schedules.$inferInsert)[]): Promise<void> {
  await queries(tx).insert(schedules).values(fresh).onConflictDoNothing()
}

/** Claims an occurrence by moving the schedule up to it; false when another process did. */
export async function moveUp(tx: Tx, { name, ranAt }: Schedule, to: Temporal.Instant): Promise<boolean> {
  const unmoved = and(eq(schedules.name, name), eq(schedules.ranAt, ranAt.epochMilliseconds))
  const moved = await queries(tx).update(schedules).set({ ranAt: to.epochMilliseconds }).where(unmoved).returning()
  return moved.length > 0
}

/** What the kit says of when a job runs, else what the job says itself. */
const ruleOf = (id: string, { rule }: Pick<Job, 'rule'>, { schedules }: Programme): string => schedules[id] ?? rule

/** When a job runs next after an instant, in a zone or in the programme's. */
export const nextRunBy = (calendar: Calendar): Ports['nextRun'] => {
  const recurrences = recurrencesOn(calendar)
  return async (tx, job, after, zone) => {
    const home = await programme(tx)
    return recurrences(ruleOf(job.id, job, home), zone ?? home.timezone, home.feast).next(after)
  }
}

type Recurrences = (rule: string, zone: string, feast?: string) => Recurrence

// A recurrence remembers what it computed, so the same rule is read once.
const kept = new WeakMap<Calendar, Recurrences>()
function recurrencesOn(calendar: Calendar): Recurrences {
  const recurrences = kept.get(calendar) ?? remembering(calendar)
  kept.set(calendar, recurrences)
  return recurrences
}

function remembering(calendar: Calendar): Recurrences {
  const known = new Map<string, Recurrence>()
  return (rule, zone, feast) => {
    const key = `${rule}@${zone}/${feast ?? ''}`
    const made = known.get(key) ?? recurrence(rule, zone, calendar, feast ? { feast } : {})
    known.set(key, made)
    return made
  }
}

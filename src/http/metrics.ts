import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Observe } from '#src/core/observe.ts'

/** How things stand at the moment somebody asks; ages and lags in seconds. */
export interface Measures {
  letters: { platform: string; status: string; count: number }[]
  /** Of what should be out by now, the oldest. */
  oldest: { platform: string; age: number }[]
  platforms: { platform: string; up: boolean; delivering: boolean; lag?: number }[]
  /** Whether what is to be kept can be. */
  database: boolean
  events: number
  errands: number
}
export interface Metrics {
  observe: Observe
  /** The page for Prometheus, in its text format. */
  page(): Promise<{ type: string; text: string }>
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const DELAYS = [1, 5, 30, 60, 300, 900, 3600, 86_400]

/** Counts what happens, and looks at the rest when the page is asked for. */
export function openMetrics(measure: () => Promise<Measures>): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const show = gauges(register)
  return {
    observe: counters(register),
    page: async () => {
      show(await measure())
      return { type: register.contentType, text: await register.metrics() }
    },
  }
}

function counters(register: Registry): Observe {
  const registers = [register]
  const handled = new Histogram({
    name: 'animatore_handler_seconds',
    help: 'Time to answer what somebody did, transaction included',
    labelNames: ['interaction', 'outcome'],
    buckets: SECONDS,
    registers,
  })
  const ran = new Histogram({
    name: 'animatore_schedule_delay_seconds',
    help: 'How long after its time a job or an alarm was attempted',
    labelNames: ['name', 'outcome'],
    buckets: DELAYS,
    registers,
  })
  const posted = new Counter({
    name: 'animatore_posts_total',
    help: 'Attempts to hand a message to its platform',
    labelNames: ['platform', 'outcome'],
    registers,
  })
  return happening => {
    if (happening.kind === 'handled') {
      const { interaction, outcome, seconds } = happening
      handled.observe({ interaction, outcome }, seconds)
    } else if (happening.kind === 'ran') {
      const { name, outcome, delay } = happening
      ran.observe({ name, outcome }, delay)
    } else {
      const { platform, outcome } = happening
      posted.inc({ platform, outcome })
    }
  }
}

/** A figure that is not there is no zero to whoever is to be alerted. */
const STANDING = ['waiting', 'sending', 'dead']

function gauges(register: Registry): (measures: Measures) => void {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `animatore_${name}`, help, labelNames, registers: [register] })
  const letters = gauge('outbox_messages', 'Messages that have not arrived', 'platform', 'status')
  const oldest = gauge('outbox_oldest_seconds', 'Age of the oldest message that should be out', 'platform')
  const up = gauge('platform_up', 'Whether the platform can be reached', 'platform')
  const delivering = gauge('platform_delivering', 'Whether messages arrive there', 'platform')
  const lag = gauge('sync_lag_seconds', 'Time since the platform was last heard', 'platform')
  const database = gauge('database_up', 'Whether the database takes what is written')
  const events = gauge('events_waiting', 'Events written down and not yet handled')
  const errands = gauge('errands_waiting', 'Outward work that is not done')
  return measures => {
    for (const each of [letters, oldest, up, delivering, lag]) each.reset()
    for (const platform of [...measures.platforms.map(each => each.platform), 'direct'])
      for (const status of STANDING) letters.set({ platform, status }, 0)
    for (const { count, ...labels } of measures.letters) letters.inc(labels, count)
    for (const { platform, age } of measures.oldest) oldest.set({ platform }, age)
    for (const each of measures.platforms) {
      const { platform } = each
      up.set({ platform }, Number(each.up))
      delivering.set({ platform }, Number(each.delivering))
      if (each.lag !== undefined) lag.set({ platform }, each.lag)
    }
    database.set(Number(measures.database))
    events.set(measures.events)
    errands.set(measures.errands)
  }
}

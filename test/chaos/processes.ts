import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Life, Told } from './bot.ts'

export interface Processes {
  /** What befell the databases, by kind, and the deaths that nobody brought about. */
  blows: Record<string, number>
  lives(): number
  /** Resolves when each has twice found nothing left to do. */
  idle(): Promise<void>
  stop(): Promise<void>
}

const MOST_DEATHS = 12
const START = '2027-03-26T09:00:00Z'
const program = join(import.meta.dirname, 'bot.ts')

interface Running {
  name: string
  lives: number
  at: string
  idles: number
  child?: ChildProcess
}
export interface Keeping {
  of: Omit<Life, 'life' | 'mortal' | 'at'>
  count: number
  environment: Record<string, string>
  /** Who can be killed. */
  living: (pids: number[]) => Promise<unknown>
  heard: (line: string) => void
}

/** Keeps so many bots running on one database, however often they die. */
export function keepAlive({ of, count, environment, living, heard }: Keeping): Processes {
  const blows: Record<string, number> = {}
  const all = Array.from({ length: count }, (_, at): Running => ({ name: `${at}`, lives: 0, at: START, idles: 0 }))
  let stopped = false
  const befell = (blow: string): void => {
    blows[blow] = (blows[blow] ?? 0) + 1
  }
  const begin = (one: Running): void => {
    one.lives += 1
    const life: Life = { ...of, life: `${one.name}.${one.lives}`, mortal: one.lives <= MOST_DEATHS, at: one.at }
    const child = fork(program, [JSON.stringify(life)], { env: { ...process.env, ...environment } })
    one.child = child
    child.on('message', told => listen(one, told as Told))
    child.on('exit', (_, signal) => {
      if (stopped) return
      if (signal !== 'SIGKILL') befell('ended by itself')
      begin(one)
    })
    const mortals = all.filter(each => each.lives <= MOST_DEATHS).flatMap(each => each.child?.pid ?? [])
    void living(mortals)
  }
  const listen = (one: Running, told: Told): void => {
    if ('clock' in told) one.at = Temporal.Instant.fromEpochMilliseconds(told.clock).toString()
    if ('blow' in told) befell(told.blow)
    if ('idle' in told) one.idles += 1
    if ('log' in told) heard(`${one.name}: ${told.log}`)
  }
  for (const one of all) begin(one)
  return {
    blows,
    lives: () => all.reduce((sum, one) => sum + one.lives, 0),
    idle: async () => {
      const before = all.map(({ idles }) => idles)
      while (all.some(({ idles }, at) => idles < (before[at] ?? 0) + 2)) await wait(10)
    },
    stop: async () => {
      stopped = true
      await Promise.all(all.map(({ child }) => child && ended(child)))
    },
  }
}

function ended(child: ChildProcess): Promise<unknown> {
  const gone = new Promise(resolve => child.once('exit', resolve))
  return child.kill('SIGKILL') ? gone : Promise.resolve()
}

import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Life, Told } from './bot.ts'
import { dice, shuffled } from './dice.ts'
import { FAN, plan, type Size } from './plan.ts'
import { type Remote, remote } from './remote.ts'
import type { Server } from './server.ts'
import { type Found, judge, type Verdict } from './verdict.ts'

export interface Options extends Size {
  seed: number
  forgetful: boolean
  verbose: boolean
}
export interface Outcome extends Verdict {
  seconds: number
  lives: number
  faults: Record<string, number>
}

const MOST_DEATHS = 12
const START = '2027-03-26T09:00:00Z'
const here = import.meta.dirname

/** One seed: everything is asked, everything goes wrong, and in the end the servers are compared with the plan. */
export async function trial(options: Options): Promise<Outcome> {
  const started = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'animatore-chaos-'))
  const slack = remote(join(here, 'slack.ts'))
  const server = await slack.ask<Server>('open', options)
  const bot = keepAlive(options, server, join(folder, 'chaos.db'), pids => slack.ask('living', pids))
  try {
    const asked = plan(dice(options.seed), options)
    const events = await askAll(options, slack)
    await bot.idle()
    const found = await slack.ask<Found>('found')
    const faults = { ...(await slack.ask<Record<string, number>>('faults')), ...bot.blows }
    return { ...judge(asked, events, found), faults, lives: bot.lives(), seconds: (performance.now() - started) / 1000 }
  } finally {
    await bot.stop()
    await slack.ask('close')
    await slack.stop()
    rmSync(folder, { recursive: true })
  }
}

/** Brings every event, in any order and some of them twice; what they were. */
async function askAll({ seed, ...size }: Options, server: Remote): Promise<string[]> {
  const throws = dice(seed)
  const asked = plan(throws, size)
  const fans = Array.from({ length: Math.ceil(size.posts / FAN) }, (_, fan) => `fan ${fan}`)
  const greetings = Array.from({ length: Math.ceil(size.posts / 20) }, (_, at) => `hello ${at}`)
  const changes = asked.filter(({ changed }) => changed).map(({ n }) => `change ${n}`)
  const bring = async (texts: string[]): Promise<void> => {
    const left = shuffled(texts, throws, 'order of events').entries()
    await Promise.all([0, 1, 2].map(() => bringEach(left, server, texts, seed, size.people)))
  }
  await bring([...fans, ...greetings])
  // An edit of what was never asked for is nothing: each fan has been handled before.
  while (!(await answered(fans, server))) await wait(250)
  await bring(changes)
  return [...fans, ...greetings, ...changes]
}

async function bringEach(
  left: ArrayIterator<[number, string]>,
  server: Remote,
  texts: readonly string[],
  seed: number,
  people: number,
): Promise<void> {
  const throws = dice(seed)
  for (const [n, text] of left) {
    const event = { text, id: `Ev${randomUUID()}`, person: Math.floor(throws('who', n) * people) }
    await server.ask('bring', event)
    if (throws('again', n + texts.length) < 0.3) await server.ask('bring', event)
  }
}

async function answered(events: readonly string[], server: Remote): Promise<boolean> {
  const { answers } = await server.ask<Found>('found')
  return events.every(event => answers.includes(event))
}

/** Keeps a bot running, however often it dies. */
function keepAlive(
  { seed, forgetful, verbose, ...size }: Options,
  server: Server,
  database: string,
  living: (pids: number[]) => Promise<unknown>,
) {
  const blows: Record<string, number> = {}
  let at: string = START
  let lives = 0
  let idles = 0
  let stopped = false
  let child: ChildProcess
  const begin = (): void => {
    lives += 1
    const mortal = lives <= MOST_DEATHS
    const life: Life = { seed, life: String(lives), mortal, database, at, size, server, forgetful }
    child = fork(join(here, 'bot.ts'), [JSON.stringify(life)])
    void living(mortal && child.pid ? [child.pid] : [])
    child.on('message', heard)
    child.on('exit', () => {
      if (!stopped) begin()
    })
  }
  const heard = (message: unknown): void => {
    const told = message as Told
    if ('clock' in told) at = Temporal.Instant.fromEpochMilliseconds(told.clock).toString()
    if ('blow' in told) blows[told.blow] = (blows[told.blow] ?? 0) + 1
    if ('idle' in told) idles += 1
    if ('log' in told && verbose) process.stderr.write(`${told.log}\n`)
  }
  begin()
  return {
    blows,
    lives: () => lives,
    /** Resolves when it has twice found nothing left to do. */
    idle: async () => {
      for (const before = idles; idles < before + 2; ) await wait(10)
    },
    stop: async () => {
      stopped = true
      const gone = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

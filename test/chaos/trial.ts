import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { dice, shuffled } from './dice.ts'
import { freshFolder, type Ground, openServers, type PlatformName, type Standing } from './ground.ts'
import { FAN, plan, type Size, serverOf } from './plan.ts'
import { keepAlive } from './processes.ts'
import { type Found, judge, type Verdict } from './verdict.ts'

export interface Options extends Size {
  platforms: readonly PlatformName[]
  processes: number
  forgetful: boolean
  verbose: boolean
}
export interface Outcome extends Verdict {
  seconds: number
  lives: number
  faults: Record<string, number>
}

/** One seed: everything is asked, everything goes wrong, and in the end the servers are compared with the plan. */
export async function trial(seed: number, options: Options, ground: Ground): Promise<Outcome> {
  const started = performance.now()
  const { posts, places, people, platforms, processes: count, forgetful, verbose } = options
  const size = { posts, places, people }
  const { folder, drop } = freshFolder()
  const database = await ground.database(folder)
  const standing = await openServers(platforms, { ...size, seed, url: ground.homeserver })
  const servers = standing.map(({ remote: _, ...server }) => server)
  const bots = keepAlive({
    of: { seed, size, database, folder, servers, forgetful },
    count,
    environment: { DATABASE_URL: database },
    living: pids => Promise.all(standing.map(({ remote }) => remote.ask('living', pids))),
    heard: line => void (verbose && process.stderr.write(`${line}\n`)),
  })
  try {
    for (const { remote } of standing) await remote.ask('ready')
    const events = await askAll(seed, size, standing)
    await bots.idle()
    const faults = [bots.blows]
    for (const { remote } of standing) faults.push(await remote.ask<Record<string, number>>('faults'))
    const verdict = judge(plan(dice(seed), size), events, await allFound(standing))
    for (const { remote } of standing) verdict.twice.push(...(await remote.ask<string[]>('again')))
    const seconds = (performance.now() - started) / 1000
    return { ...verdict, faults: added(faults), lives: bots.lives(), seconds }
  } finally {
    await bots.stop()
    for (const { remote } of standing) await remote.ask('close').then(remote.stop)
    drop()
  }
}

function added(all: readonly Record<string, number>[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const each of all) for (const [name, count] of Object.entries(each)) sums[name] = (sums[name] ?? 0) + count
  return sums
}

async function allFound(standing: readonly Standing[]): Promise<Found> {
  const all: Found[] = []
  for (const { remote } of standing) all.push(await remote.ask<Found>('found'))
  return { held: all.flatMap(({ held }) => held), answers: all.flatMap(({ answers }) => answers) }
}

/** Brings every event, in any order and some of them twice, and waits for the answers; what they were. */
async function askAll(seed: number, size: Size, standing: readonly Standing[]): Promise<string[]> {
  const throws = dice(seed)
  const fans = Array.from({ length: Math.ceil(size.posts / FAN) }, (_, fan) => `fan ${fan}`)
  const greetings = Array.from({ length: Math.ceil(size.posts / 20) }, (_, at) => `hello ${at}`)
  const asked = plan(throws, size).filter(({ changed }) => changed)
  const changes = asked.map(({ n }) => `change ${n}`)
  const bring = async (texts: string[]): Promise<void> => {
    const left = shuffled(texts, throws, 'order of events').entries()
    await Promise.all([0, 1, 2].map(() => bringEach(left, texts.length, seed, size.people, standing)))
  }
  await bring([...fans, ...greetings])
  // An edit of what was never asked for is nothing: each fan has been handled before.
  await answered(fans, standing)
  await bring(changes)
  await answered([...fans, ...greetings, ...changes], standing)
  return [...fans, ...greetings, ...changes]
}

async function bringEach(
  left: ArrayIterator<[number, string]>,
  count: number,
  seed: number,
  people: number,
  standing: readonly Standing[],
): Promise<void> {
  const throws = dice(seed)
  for (const [n, text] of left) {
    const event = { text, id: `Ev${randomUUID()}`, person: Math.floor(throws('who', n) * people) }
    const { remote } = serverOf(standing, event.person)
    await remote.ask('bring', event)
    if (throws('again', n + count) < 0.3) await remote.ask('bring', event)
  }
}

/** How long nothing new may be answered before what is missing counts as lost. */
const IN_VAIN = 120_000

async function answered(events: readonly string[], standing: readonly Standing[]): Promise<void> {
  let known = -1
  for (let since = performance.now(); performance.now() - since < IN_VAIN; await wait(250)) {
    const { answers } = await allFound(standing)
    if (events.every(event => answers.includes(event))) return
    if (answers.length !== known) since = performance.now()
    known = answers.length
  }
}

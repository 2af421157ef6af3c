// The bot in many Matrix rooms, beside matrix-js-sdk as it comes: memory, first sync, and how soon a command is answered.
// `node test/bench/matrix-rooms.ts [ROOMS…]`, 200 and 1,000 without. It installs and starts a Synapse of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Homeserver, homeserver, type Registered } from '#test/support/matrix/homeserver.ts'
import { startSynapse } from '#test/support/matrix/synapse.ts'
import { type Benchmark, inTurns, type Line, median, milliseconds, quantile } from './lib/benchmark.ts'
import { makeRoom, makeRooms, writer } from './lib/rooms.ts'
import { root, start } from './lib/start.ts'
import { table } from './lib/table.ts'

/** In milliseconds. */
const OFTEN = 20
const SETTLES = 10_000
/** Before a command, for what the one before it left to do: ours puts the reactions under its answer that stand for buttons. */
const RESTS = 300
const ROUNDS = 200
const WARM_UP = 10

interface Running {
  child: ChildProcess
  /** From the start of the process until it knows its rooms, in milliseconds. */
  firstSync: number
  /** Once it has come to rest, in megabytes. */
  memory: number
}

/** Tells from what a process has said, as often as it is asked, whether it knows its rooms. */
type IsUp = (said: string) => boolean | Promise<boolean>

async function started(args: string[], env: NodeJS.ProcessEnv, isUp: IsUp): Promise<Running> {
  const start = performance.now()
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: root,
  })
  let said = ''
  child.stdout.on('data', part => {
    said += String(part)
  })
  while (!(await isUp(said))) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended with ${child.exitCode}: ${said}`)
    await wait(OFTEN)
  }
  const firstSync = performance.now() - start
  await wait(SETTLES)
  return { child, firstSync, memory: memoryOf(child) }
}

const memoryOf = ({ pid }: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

async function ended({ child }: Running): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

/** The bot as it is started anywhere else, on an empty folder. */
const bot = (hs: Homeserver, { user, password }: Registered): Promise<Running> =>
  started(
    start,
    {
      DATA_DIR: mkdtempSync(join(tmpdir(), 'animatore-rooms-')),
      DATABASE_URL: `file:${mkdtempSync(join(tmpdir(), 'animatore-rooms-'))}/bot.db`,
      PORT: '0',
      LOG_LEVEL: 'error',
      MATRIX_HOMESERVER_URL: hs.url,
      MATRIX_USER_ID: user,
      MATRIX_PASSWORD: password,
    },
    isReady,
  )
/** It gives its address before it has heard of all rooms: then it says that it is not ready yet. */
async function isReady(said: string): Promise<boolean> {
  const [address] = /http:\/\/[\d.]+:\d+/.exec(said) ?? []
  return address !== undefined && (await fetch(`${address}/readyz`)).ok
}
const bare = (hs: Homeserver, { user, device, token }: Registered): Promise<Running> =>
  started([join(import.meta.dirname, 'lib/bare-client.ts'), hs.url, user, device, token], {}, said =>
    said.includes('up'),
  )

async function measured(hs: Homeserver, rooms: number, ours: Registered, other: Registered): Promise<Line[]> {
  const running: Running[] = []
  try {
    running.push(await bot(hs, ours), await bare(hs, other))
    return compare(rooms, running, await spoken(hs, rooms, ours, other))
  } finally {
    await Promise.all(running.map(ended))
  }
}

/** How long each takes to answer, in milliseconds. */
async function spoken(
  hs: Homeserver,
  rooms: number,
  ours: Registered,
  other: Registered,
): Promise<[number[], number[]]> {
  const person = await hs.register(hs.fresh(`person-${rooms}`))
  const [direct, echo] = [await makeRoom(hs, person, [ours], true), await makeRoom(hs, person, [other], true)]
  const asking = await writer(hs, person)
  const [answers, echoes]: [number[], number[]] = [[], []]
  const asked = async (room: string, { user }: Registered): Promise<number> => {
    await wait(RESTS)
    return asking.asks(room, user, 'aiuto')
  }
  await inTurns(
    ROUNDS + WARM_UP,
    async () => void answers.push(await asked(direct, ours)),
    async () => void echoes.push(await asked(echo, other)),
  )
  asking.stop()
  return [answers.slice(WARM_UP), echoes.slice(WARM_UP)]
}

function compare(rooms: number, [mine, reference]: Running[], [warm, warmEchoes]: [number[], number[]]): Line[] {
  if (!mine || !reference) return []
  const compared = (
    what: string,
    own: number,
    its: number,
    atMost: number,
    shown: (value: number) => string,
  ): Line => ({
    what: `${what}, ${rooms.toLocaleString('en')} rooms`,
    ours: shown(own),
    reference: shown(its),
    ratio: own / its,
    target: { atMost },
  })
  const megabytes = (value: number): string => `${Math.round(value)} MB`
  return [
    compared('memory', mine.memory, reference.memory, 0.8, megabytes),
    compared('first sync', mine.firstSync, reference.firstSync, 1, milliseconds),
    compared('command to reply, median', median(warm), median(warmEchoes), 1.1, milliseconds),
    compared('command to reply, p95', quantile(warm, 0.95), quantile(warmEchoes, 0.95), 1.1, milliseconds),
  ]
}

async function run(counts: readonly number[] = [200, 1000]): Promise<Line[]> {
  const synapse = await startSynapse()
  try {
    const hs = homeserver(synapse.url)
    const [ours, other, host] = [await hs.register('ours'), await hs.register('bare'), await hs.register('host')]
    const lines: Line[] = []
    // What is compiled at the very first start of an installation is kept: every other is as the one after it.
    await ended(await bot(hs, await hs.register('first')))
    let made = 0
    for (const count of counts) {
      await makeRooms(hs, host, [ours, other], count - made)
      made = count
      process.stderr.write(`${count} rooms are there\n`)
      // Whoever asks for all rooms first would find nothing in the homeserver's memory.
      await hs.call('GET', '/_matrix/client/v3/sync?timeout=0', host.token)
      lines.push(...(await measured(hs, count, ours, other)))
    }
    return lines
  } finally {
    synapse.stop()
  }
}

export const benchmark: Benchmark = {
  about: 'matrix-js-sdk with its default options, which echoes what is written to it; both in the same rooms.',
  run: () => run(),
}

if (import.meta.main) {
  const counts = process.argv.slice(2).map(Number)
  process.stdout.write(`${table(await run(counts.length > 0 ? counts : undefined))}\n`)
}

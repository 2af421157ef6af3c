// A fan-out to a thousand Matrix rooms, beside the same requests with nothing around them, as many at once.
// `node test/bench/matrix-fan-out.ts [ROOMS]`. It installs and starts a Synapse of its own, which lets everything through.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MATRIX_LIMITS } from '#src/platforms/matrix/limits.ts'
import { openStore } from '#src/storage/database.ts'
import { matrixFor } from '#test/support/matrix/bot.ts'
import { type Homeserver, homeserver, type Registered } from '#test/support/matrix/homeserver.ts'
import { startSynapse } from '#test/support/matrix/synapse.ts'
import { aPlace, saying } from '#test/support/post-office.ts'
import { type Benchmark, inTurns, type Line, median, timed } from './lib/benchmark.ts'
import { botOn } from './lib/crowd.ts'
import { freshDatabase } from './lib/ground.ts'
import { makeRooms } from './lib/rooms.ts'
import { table } from './lib/table.ts'

const ROOMS = 1000
/** How often each goes to all rooms. */
const ROUNDS = 3

async function opened(hs: Homeserver, { user, password }: Registered) {
  const store = await openStore(await freshDatabase())
  const folder = mkdtempSync(join(tmpdir(), 'animatore-fan-out-'))
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const clocks = { now: () => Temporal.Now.instant(), elapsed: () => performance.now() }
  const platform = await matrixFor({ homeserver: hs.url, user, password, folder }, { store, log, now: clocks.now })
  return botOn(store, platform, clocks)
}

/** The same words to every room, through the outbox. */
async function fannedOut(bot: ReturnType<typeof botOn>, rooms: readonly string[], round: number): Promise<void> {
  const { summary } = saying(`round ${round}`)
  const message = { summary, blocks: [{ type: 'text' as const, text: summary }] }
  await bot.act(async ({ outbox }) => {
    for (const id of rooms) {
      const to = { ...aPlace(id), platform: 'matrix' as const, workspace: 'localhost' }
      await outbox.enqueue({ to, message, key: `${id}:${round}`, atOnce: true })
    }
  })
  await bot.settle()
}

/** The same requests by hand. */
async function requested(
  hs: Homeserver,
  { token }: Registered,
  rooms: readonly string[],
  round: number,
): Promise<void> {
  const left = [...rooms]
  const content = { msgtype: 'm.notice', body: `round ${round}`, 'm.mentions': {} }
  const html = { format: 'org.matrix.custom.html', formatted_body: `<p>round ${round}</p>` }
  const worker = async (): Promise<void> => {
    for (let room = left.pop(); room !== undefined; room = left.pop()) {
      const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/raw${round}`
      await hs.call('PUT', path, token, { ...content, ...html })
    }
  }
  await Promise.all(Array.from({ length: MATRIX_LIMITS.parallel ?? 1 }, worker))
}

async function run(count = ROOMS): Promise<Line[]> {
  const synapse = await startSynapse()
  try {
    const hs = homeserver(synapse.url)
    const [ours, host] = [await hs.register('ours'), await hs.register('host')]
    await makeRooms(hs, host, [ours], count)
    process.stderr.write(`${count} rooms are there\n`)
    const { joined_rooms: joined } = await hs.call('GET', '/_matrix/client/v3/joined_rooms', ours.token)
    const rooms = joined as string[]
    const bot = await opened(hs, ours)
    await bot.start()
    const took: Took = { ours: [], raw: [] }
    const rounds = Array.from({ length: ROUNDS * 2 }, (_, at) => at).values()
    const next = (): number => rounds.next().value ?? 0
    await inTurns(
      ROUNDS,
      async () => void took.ours.push(await timed(() => fannedOut(bot, rooms, next()))),
      async () => void took.raw.push(await timed(() => requested(hs, ours, rooms, next()))),
    )
    await bot.stop()
    return [compared(count, took)]
  } finally {
    synapse.stop()
  }
}

/** In milliseconds, of each round. */
type Took = Record<'ours' | 'raw', number[]>

function compared(count: number, took: Took): Line {
  const rate = (rounds: readonly number[]): number => (count * 1000) / median(rounds)
  const shown = (rounds: readonly number[]): string => `${rate(rounds).toFixed(1)}/s`
  return {
    what: `fan-out to ${count.toLocaleString('en')} Matrix rooms`,
    ours: shown(took.ours),
    reference: shown(took.raw),
    ratio: rate(took.ours) / rate(took.raw),
    target: { atLeast: 0.9 },
  }
}

export const benchmark: Benchmark = {
  about: 'The same requests with nothing around them, as many at the same time.',
  run: () => run(),
}

if (import.meta.main) process.stdout.write(`${table(await run(Number(process.argv[2] ?? ROOMS)))}\n`)

import type { Message } from '#src/core/message.ts'
import { slackPlatform } from '#src/platforms/slack/adapter.ts'
import { scopes } from '#src/platforms/slack/scopes.ts'
import { openStore } from '#src/storage/database.ts'
import { aPlace, saying } from '#test/support/post-office.ts'
import { openRig, type Rig } from '#test/support/slack/rig.ts'
import { type Benchmark, timed } from './lib/benchmark.ts'
import { botOn } from './lib/crowd.ts'
import { freshDatabase } from './lib/ground.ts'

const CHANNELS = 4
const EACH = 60
/** Slack lets short bursts through: so many at once, and one a second. */
const BURST = 3

/** A fan-out to channels that take one post a second each. */
export const benchmark: Benchmark = {
  about: 'The documented limit of one post a second in each channel, which the workspace enforces.',
  run: async () => {
    const names = Array.from({ length: CHANNELS }, (_, at) => `c${at}`)
    const channels = names.map(name => ({ name, members: ['ada'] }))
    const rig = await openRig({ mode: 'socket', people: [{ name: 'ada' }], channels, scopes: Object.keys(scopes) })
    const counted = enforced(rig)
    const seconds = (await fannedOut(rig)) / 1000
    await rig.close()
    // The first post of a channel waits for nothing.
    const [limit, ours] = [CHANNELS, (CHANNELS * (EACH - 1)) / seconds]
    const refused = counted.refused / counted.calls
    return [
      {
        what: 'Slack fan-out under its limit',
        ours: `${ours.toFixed(2)}/s`,
        reference: `${limit.toFixed(2)}/s`,
        ratio: ours / limit,
        target: { atLeast: 0.95 },
      },
      {
        what: 'calls that Slack refuses meanwhile',
        ours: `${(refused * 100).toFixed(1)} %`,
        reference: '1.0 %',
        ratio: refused / 0.01,
        target: { atMost: 1 },
      },
    ]
  },
}

/** Refuses what comes too soon in a channel, with the time to wait. */
function enforced({ api }: Rig): { calls: number; refused: number } {
  const counted = { calls: 0, refused: 0 }
  const buckets = new Map<string, { tokens: number; at: number }>()
  api.fate = method => {
    if (method !== 'chat.postMessage') return undefined
    counted.calls += 1
    const channel = String(api.calls.at(-1)?.args.channel)
    const now = performance.now() / 1000
    const { tokens, at } = buckets.get(channel) ?? { tokens: BURST, at: now }
    const left = Math.min(BURST, tokens + now - at)
    if (left >= 1) {
      buckets.set(channel, { tokens: left - 1, at: now })
      return undefined
    }
    buckets.set(channel, { tokens: left, at: now })
    counted.refused += 1
    return { method, kind: '429', retryAfter: 1 }
  }
  return counted
}

/** How long it takes until all is out, in milliseconds. */
async function fannedOut(rig: Rig): Promise<number> {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const platform = slackPlatform({
    token: rig.bot.token,
    mode: { appToken: rig.bot.appToken },
    api: rig.api.url,
    log,
    now: () => Temporal.Now.instant(),
    accountOf: async () => undefined,
    welcomesAtDoor: async () => false,
    home: { locale: 'it', timezone: 'Europe/Rome' },
    largestFile: 1000,
  })
  const bot = botOn(await openStore(await freshDatabase()), platform, {
    now: () => Temporal.Now.instant(),
    elapsed: () => performance.now(),
  })
  await bot.start()
  const channels = [...rig.channels].filter(([name]) => /^c\d$/.test(name)).map(([, id]) => id)
  await bot.act(async ({ outbox }) => {
    for (let n = 0; n < EACH; n += 1)
      for (const id of channels) {
        const to = { ...aPlace(id), workspace: rig.team }
        // At night too it is measured, and not held for the morning.
        await outbox.enqueue({ to, message: written(`post ${n}`), key: `${id}:${n}`, atOnce: true })
      }
  })
  const took = await timed(() => untilEmpty(bot))
  await bot.stop()
  return took
}

const written = (text: string): Message => {
  const { summary } = saying(text)
  return { summary, blocks: [{ type: 'text', text: summary }] }
}

/** Does what is due as soon as it is, until nothing is left. */
async function untilEmpty(bot: ReturnType<typeof botOn>): Promise<void> {
  for (;;) {
    await bot.settle()
    const next = await bot.nextDue()
    if (next === undefined || next > Date.now() + 60_000) return
    await new Promise(resolve => setTimeout(resolve, Math.max(1, next - Date.now())))
  }
}

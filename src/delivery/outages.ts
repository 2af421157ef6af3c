import type { Tx } from '#src/core/feature.ts'
import type { PlatformName } from '#src/core/interaction.ts'
import type { Markdown, Message, Translate } from '#src/core/message.ts'
import type { Happening } from '#src/core/observe.ts'
import type { Platform } from '#src/core/platform.ts'
import type { Ports } from '#src/core/ports.ts'
import { withRole } from '#src/storage/roles.ts'
import { saveSetting, setting } from '#src/storage/settings.ts'
import { letterWithKey } from './letters.ts'
import { outboxIn } from './outbox.ts'
import { isAnyTriedInVain } from './undelivered.ts'

/** Where nothing arrives, or which cannot be reached, for so many milliseconds, has stopped. */
const LONG = Temporal.Duration.from({ minutes: 10 }).total('milliseconds')

export interface Outages {
  /** Hears how each post fares. */
  hear(happening: Happening): void
  /** Looks at every platform: whoever runs the bot hears once that one has stopped, and once that it goes on. True when she does. */
  look(): Promise<boolean>
  hasStopped(platform: PlatformName): boolean
}
/** Since when each platform has stopped, in epoch milliseconds: kept, so that a restart does not tell it again. */
type Known = Partial<Record<PlatformName, number>>
/** The platforms that have stopped, as everybody on this database knows them. */
export const stoppedPlatforms = async (tx: Tx): Promise<Known> => (await setting<Known>(tx, NAME)) ?? {}

type Options = Pick<Ports, 'transaction' | 'read' | 't' | 'now' | 'log'> & { platforms: readonly Platform[] }

export function outages({ platforms, now, ...ports }: Options): Outages {
  const seen = troubles(now)
  let known: Known | undefined
  const stands = async (platform: Platform): Promise<'stopped' | 'goes on' | undefined> => {
    const { name } = platform
    seen.reach(platform)
    const before = known?.[name]
    if (!seen.isLong(name) && before === undefined) return undefined
    const waits = await ports.read(isAnyTriedInVain)
    if (!waits) seen.forgive(name)
    if (seen.isLong(name)) return before === undefined ? 'stopped' : undefined
    return before !== undefined && seen.isWell(name, waits) ? 'goes on' : undefined
  }
  return {
    hear: seen.hear,
    look: async () => {
      known ??= await ports.read(stoppedPlatforms)
      let news = false
      for (const platform of platforms) {
        const { name } = platform
        const turn = await stands(platform)
        if (turn === 'stopped') known = await begin(name, seen.since(name), ports, now())
        if (turn === 'goes on') known = await end(name, ports, now())
        news ||= turn !== undefined
      }
      return news
    },
    hasStopped: name => known?.[name] !== undefined,
  }
}

/** What this process has seen of each platform: since when nothing arrives there, or it cannot be reached. */
function troubles(now: () => Temporal.Instant) {
  const failing = new Map<PlatformName, number>()
  const unreachable = new Map<PlatformName, number>()
  const arrived = new Set<PlatformName>()
  const moment = (): number => now().epochMilliseconds
  const since = (name: PlatformName): number =>
    Math.min(failing.get(name) ?? Number.POSITIVE_INFINITY, unreachable.get(name) ?? Number.POSITIVE_INFINITY)
  return {
    since,
    isLong: (name: PlatformName): boolean => moment() - since(name) >= LONG,
    /** Something has arrived since, or nothing is left that would show whether it does. */
    isWell: (name: PlatformName, waits: boolean): boolean =>
      since(name) === Number.POSITIVE_INFINITY && (arrived.has(name) || !waits),
    /** What waited was dropped: nothing says any more that it would not arrive. */
    forgive: (name: PlatformName): void => void failing.delete(name),
    reach: ({ name, up }: Platform): void => {
      if (up?.() ?? true) unreachable.delete(name)
      else unreachable.set(name, unreachable.get(name) ?? moment())
    },
    hear: (happening: Happening): void => {
      if (happening.kind !== 'posted') return
      const { platform, outcome } = happening
      if (outcome === 'later') {
        failing.set(platform, failing.get(platform) ?? moment())
        arrived.delete(platform)
      } else {
        failing.delete(platform)
        arrived.add(platform)
      }
    },
  }
}

const NAME = 'outages'
type Telling = Pick<Ports, 'transaction' | 't' | 'log'>

/** Another process may have told it: then it is only known. */
async function begin(
  name: PlatformName,
  since: number,
  { transaction, t, log }: Telling,
  now: Temporal.Instant,
): Promise<Known> {
  const known = await transaction(async tx => {
    const before = await stoppedPlatforms(tx)
    if (before[name] !== undefined) return { all: before, told: true }
    const all = { ...before, [name]: since }
    await saveSetting(tx, NAME, all)
    await tellAll(tx, `stopped:${name}:${since}`, say => say('core.alerts.stopped', valuesOf(say, name, since)), t, now)
    return { all, told: false }
  })
  if (!known.told) log.error({ platform: name }, 'messages do not arrive any more')
  return known.all
}

async function end(name: PlatformName, { transaction, t, log }: Telling, now: Temporal.Instant): Promise<Known> {
  const { all, since } = await transaction(async tx => {
    const { [name]: since, ...all } = await stoppedPlatforms(tx)
    if (since === undefined) return { all, since }
    await saveSetting(tx, NAME, all)
    const told = (say: Translate): Markdown => say('core.alerts.goesOn', valuesOf(say, name, since))
    await tellAll(tx, `goesOn:${name}:${since}`, told, t, now, `stopped:${name}:${since}`)
    return { all, since }
  })
  if (since !== undefined) log.info({ platform: name }, 'messages arrive again')
  return all
}

const valuesOf = (t: Translate, name: PlatformName, since: number) => ({
  platform: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
  moment: t.moment(Temporal.Instant.fromEpochMilliseconds(since)),
})

/** To each who runs the bot. Where an earlier alert has not arrived, this one takes its place: one message is enough. */
async function tellAll(
  tx: Tx,
  about: string,
  told: (t: Translate) => Markdown,
  t: Ports['t'],
  now: Temporal.Instant,
  earlier?: string,
): Promise<void> {
  for (const administrator of await withRole(tx, 'administrator')) {
    const text = told(t(administrator))
    const message: Message = { summary: text, blocks: [{ type: 'text', text }] }
    const before = `alert:${earlier}:${administrator.id}`
    const waits = earlier !== undefined && (await letterWithKey(tx, before))?.status !== 'sent'
    const post = {
      to: { member: administrator.id },
      message,
      key: `alert:${about}:${administrator.id}`,
      atOnce: true as const,
    }
    await outboxIn(tx, {}, now).enqueue({ ...post, ...(waits && { instead: before }) })
  }
}

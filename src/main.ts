import { openDrawer } from '#src/charts/drawer.ts'
import type { Draw } from '#src/core/chart.ts'
import { core } from '#src/core/commands-of-core.ts'
import type { Feature, World } from '#src/core/feature.ts'
import { intake } from '#src/core/intake.ts'
import type { Observe } from '#src/core/observe.ts'
import type { Intake, Platform } from '#src/core/platform.ts'
import type { Log, Ports } from '#src/core/ports.ts'
import { type Registry, registry } from '#src/core/registry.ts'
import { worldOf } from '#src/core/world.ts'
import { errandRunner, freeErrands, nextErrandAt, type Worker } from '#src/delivery/errands.ts'
import { fanOutsFeature } from '#src/delivery/fan-outs/feature.ts'
import { outages } from '#src/delivery/outages.ts'
import { pictures } from '#src/delivery/pictures.ts'
import { type SenderOptions, sender } from '#src/delivery/sender.ts'
import { type Language, openLanguage } from '#src/i18n/language.ts'
import { aMoment, begin } from '#src/main/beginning.ts'
import { portsOn } from '#src/main/ports.ts'
import { entering } from '#src/outward/entering.ts'
import { heartbeat } from '#src/schedule/heartbeat.ts'
import type { Store } from '#src/storage/database.ts'
import { waitingEvents } from '#src/storage/events.ts'
import { keepFile } from '#src/storage/files.ts'

export interface Assembly {
  store: Store
  features: readonly Feature[]
  platforms: readonly Platform[]
  workers: Record<string, Worker>
  now: () => Temporal.Instant
  /** Whether other processes may be at work on the same database; on PostgreSQL, without. */
  shared?: boolean
  /** Milliseconds of a clock that only runs forward, for what paces. Without, it is `now`: a clock of a test. */
  elapsed?: () => number
  log: Log
  /** Called after each message that reached its platform: tests make the process die here. */
  sent?: () => void
  /** Draws the charts; a thread of its own does without. */
  draw?: Draw
  /** Called after every commit that may have left something to send. */
  wake?: () => void
  /** Told what happens that is worth counting. */
  observe?: Observe
}

/** A part of what the bot does by itself. */
export interface Task {
  /** Tells whether it did something, and may have left more. */
  work: () => Promise<boolean>
  /** Whoever waits for an answer waits for this. */
  urgent?: true
}

/** The whole bot, put together but at rest: whoever drives it decides when time passes. */
export interface Bot {
  intake: Intake
  registry: Registry
  language: Language
  /** Starts the platforms, and handles what was accepted before a crash. */
  start(): Promise<void>
  /** Everything that is due by now: events, jobs, alarms, errands, messages. */
  settle(): Promise<void>
  /** One thing that is due by the clock alone, a job or an alarm; false when there is none. */
  beat(): Promise<boolean>
  /** The same in parts, for whoever does them side by side. */
  tasks: readonly Task[]
  /** When the next thing falls due, in epoch milliseconds. */
  nextDue(): Promise<number | undefined>
  /** Whether other processes leave messages to this one, because only it speaks on a platform. */
  isRelay(): boolean
  /** What no person asked for through a platform, in one transaction and with all that a handler has. */
  act<T>(work: (world: World) => Promise<T>): Promise<T>
  /** Sends nothing new; resolves when what is on its way has arrived. */
  halt(): Promise<void>
  stop(): Promise<void>
}

export function assemble(assembly: Assembly): Bot {
  const { store, platforms, shared = store.engine === 'postgres' } = assembly
  const { all, ports, language, door, beats, runErrands, post, watch, drawer } = partsOf(assembly)
  const leftBehind = (): Promise<false> => takeUp('some', store, door)
  return {
    intake: door,
    registry: all,
    language,
    settle: async () => {
      await watch.look()
      await leftBehind()
      await post.drain()
      while ((await beats.beat()) || (await runErrands())) await post.drain()
    },
    tasks: [
      { work: () => post.drain().then(() => false), urgent: true },
      ...[watch.look, beats.beat, runErrands, leftBehind].map(work => ({ work })),
    ],
    beat: beats.beat,
    start: async () => {
      if (!shared) await store.transaction(freeErrands)
      await begin(platforms, door, assembly.log)
      // What may have been seen before a crash has to be known before what came in is handled.
      await Promise.race([post.drain(), aMoment()])
      await takeUp(shared ? 'some' : 'all', store, door)
    },
    nextDue: async () => soonest([await beats.next(), await post.next(), await store.read(nextErrandAt)]),
    isRelay: () => shared && platforms.some(({ elsewhere }) => elsewhere?.() === false),
    act: work => store.transaction(tx => work(worldOf(all, ports, tx))),
    halt: post.stop,
    stop: async () => {
      await post.stop()
      for (const platform of platforms) await platform.stop()
      await drawer.stop()
      await store.close()
    },
  }
}

const soonest = (times: readonly (number | undefined)[]): number | undefined =>
  times.filter(time => time !== undefined).toSorted((one, other) => one - other)[0]

/** Handles what was accepted before; what came of it has rung for itself. */
async function takeUp(which: 'all' | 'some', store: Store, door: Intake): Promise<false> {
  for (const event of await store.read(tx => waitingEvents(tx, which))) await door.handle(event)
  return false
}

/** What sends, and what watches whether it arrives. */
function sending(assembly: Assembly, ports: Ports, sendable: SenderOptions['sendable']) {
  const { store, now, log, sent } = assembly
  const { shared = store.engine === 'postgres', elapsed = () => now().epochMilliseconds } = assembly
  const platforms = new Map(assembly.platforms.map(platform => [platform.name, platform]))
  const watch = outages({ ...ports, platforms: assembly.platforms })
  const observe: Observe = happening => {
    watch.hear(happening)
    ports.observe(happening)
  }
  const { isHoliday } = ports.calendar
  const told = { isHoliday, observe, hasStopped: watch.hasStopped, ...(sent && { sent }) }
  return { watch, post: sender({ store, shared, platforms, now, elapsed, t: ports.t, log, sendable, ...told }) }
}

/** What the bot is made of, wired together. */
function partsOf(assembly: Assembly) {
  const { store, features, workers, now, log, draw, observe = () => {} } = assembly
  const language = openLanguage(now)
  const all = registry([core, fanOutsFeature, ...features])
  const platforms = new Map(assembly.platforms.map(platform => [platform.name, platform]))
  const drawer = openDrawer()
  const { show, sendable } = pictures({ store, draw: draw ?? drawer.draw, log })
  const wake = (): void => {
    post.ring()
    assembly.wake?.()
  }
  const ports: Ports = {
    ...portsOn(store, language, platforms, now, log, wake),
    files: { keep: keepFile, show },
    observe,
  }
  const { post, watch } = sending(assembly, ports, sendable)
  return {
    all,
    ports,
    language,
    drawer,
    post,
    watch,
    door: intake(all, ports),
    beats: heartbeat(all, ports),
    runErrands: errandRunner(all, ports, { enter: entering(platforms), ...workers }),
  }
}

import { openDrawer } from '#src/charts/drawer.ts'
import { calendar } from '#src/core/calendar.ts'
import type { Draw } from '#src/core/chart.ts'
import { core } from '#src/core/commands-of-core.ts'
import type { Feature, World } from '#src/core/feature.ts'
import { intake } from '#src/core/intake.ts'
import type { Observe } from '#src/core/observe.ts'
import type { Intake, Platform } from '#src/core/platform.ts'
import type { Log, Ports } from '#src/core/ports.ts'
import { type Registry, registry } from '#src/core/registry.ts'
import { worldOf } from '#src/core/world.ts'
import { eraseErrands, errandRunner, errandsIn, nextErrandAt, type Worker } from '#src/delivery/errands.ts'
import { letterAt, nextLetterAt, offered, outboxIn } from '#src/delivery/outbox.ts'
import { eraseLetters, joinLetters } from '#src/delivery/personal.ts'
import { pictures } from '#src/delivery/pictures.ts'
import { sender } from '#src/delivery/sender.ts'
import { type Language, openLanguage } from '#src/i18n/language.ts'
import { entering } from '#src/outward/entering.ts'
import { alarmsIn } from '#src/schedule/alarms.ts'
import { heartbeat } from '#src/schedule/heartbeat.ts'
import { italianHolidays } from '#src/schedule/holidays.ts'
import { nextRunBy } from '#src/schedule/schedules.ts'
import { closeAccount, followProfile, seen } from '#src/storage/accounts.ts'
import { conversationOf, dropConversation, saveConversation } from '#src/storage/conversations.ts'
import type { Store } from '#src/storage/database.ts'
import { acceptEvent, eraseEvents, settleEvent, waitingEvent, waitingEvents } from '#src/storage/events.ts'
import { eraseFiles, keepFile } from '#src/storage/files.ts'
import { joinMembers } from '#src/storage/joining.ts'
import { eraseMember, exportMember, memberOf } from '#src/storage/members.ts'
import { eraseMemory } from '#src/storage/memory.ts'
import { closePlace, placeAt, renamePlace } from '#src/storage/places.ts'
import { rolesOf, withRole } from '#src/storage/roles.ts'

export interface Assembly {
  store: Store
  features: readonly Feature[]
  platforms: readonly Platform[]
  workers: Record<string, Worker>
  now: () => Temporal.Instant
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
  /** When the next thing falls due, in epoch milliseconds. */
  nextDue(): Promise<number | undefined>
  /** What no person asked for through a platform, in one transaction and with all that a handler has. */
  act<T>(work: (world: World) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

export function assemble({ wake = () => {}, ...assembly }: Assembly): Bot {
  const { store, features, platforms, workers, now, log, sent, draw, observe = () => {} } = assembly
  const language = openLanguage()
  const all = registry([core, ...features])
  const byName = new Map(platforms.map(platform => [platform.name, platform]))
  const drawer = openDrawer()
  const { show, sendable } = pictures({ store, draw: draw ?? drawer.draw, log })
  const ports: Ports = { ...portsOn(store, language, byName, now, log, wake), files: { keep: keepFile, show }, observe }
  const door = intake(all, ports)
  const beats = heartbeat(all, ports)
  const runErrands = errandRunner(all, ports, { enter: entering(byName), ...workers })
  const post = sender({ store, platforms: byName, now, t: ports.t, log, sendable, ...(sent && { sent }) })
  const settle = async (): Promise<void> => {
    await post.drain()
    while ((await beats.beat()) || (await runErrands())) await post.drain()
  }
  return {
    intake: door,
    registry: all,
    language,
    settle,
    beat: beats.beat,
    start: async () => {
      for (const platform of platforms) await platform.start(door)
      await post.drain()
      for (const event of await store.read(waitingEvents)) await door.handle(event)
      await settle()
    },
    nextDue: async () => {
      const times = [await beats.next(), await store.read(nextLetterAt), await store.read(nextErrandAt)]
      return times.filter(time => time !== undefined).toSorted((one, other) => one - other)[0]
    },
    act: work => store.transaction(tx => work(worldOf(all, ports, tx))),
    stop: async () => {
      for (const platform of platforms) await platform.stop()
      await drawer.stop()
      await store.close()
    },
  }
}

/** Where something of hers may be, besides the features. */
const traces = [eraseLetters, eraseErrands, eraseEvents, eraseFiles, eraseMemory, dropConversation]

function portsOn(
  store: Store,
  language: Language,
  platforms: ReadonlyMap<string, Platform>,
  now: () => Temporal.Instant,
  log: Log,
  wake: () => void,
): Omit<Ports, 'files' | 'observe'> {
  const days = calendar(italianHolidays())
  return {
    now,
    log,
    transaction: store.transaction,
    read: store.read,
    version: store.version,
    t: language.t,
    inEveryLanguage: language.inEveryLanguage,
    calendar: days,
    nextRun: nextRunBy(days),
    outbox: outboxIn,
    errands: errandsIn,
    alarms: alarmsIn,
    people,
    places: { renamed: renamePlace, closed: closePlace },
    inbox: {
      accept: async (tx, event) => {
        await seen(tx, event.member.id, event.place, event.at)
        return acceptEvent(tx, event)
      },
      waiting: waitingEvent,
      settle: settleEvent,
    },
    conversations: { of: conversationOf, save: saveConversation, drop: dropConversation },
    offered,
    posted: letterAt,
    converses: platform => platforms.get(platform)?.asks === 'conversation',
    wake,
  }
}

const people: Ports['people'] = {
  member: memberOf,
  place: placeAt,
  roles: rolesOf,
  export: exportMember,
  join: async (tx, joining) => {
    await joinLetters(tx, joining)
    await joinMembers(tx, joining)
  },
  withRole,
  changed: followProfile,
  gone: closeAccount,
  erase: async (tx, member, at) => {
    for (const erase of traces) await erase(tx, member)
    await eraseMember(tx, member, at)
  },
}

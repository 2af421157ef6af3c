// What the core is given of the parts that store, deliver and speak: plugged together here, and nowhere else.
import { type Calendar, calendar } from '#src/core/calendar.ts'
import type { Platform } from '#src/core/platform.ts'
import type { Log, Ports } from '#src/core/ports.ts'
import { eraseErrands, errandsIn } from '#src/delivery/errands.ts'
import { waitUntil } from '#src/delivery/hush.ts'
import { letterAt, offered } from '#src/delivery/letters.ts'
import { outboxIn } from '#src/delivery/outbox.ts'
import { eraseLetters, joinLetters } from '#src/delivery/personal.ts'
import type { Language } from '#src/i18n/language.ts'
import { alarmsIn } from '#src/schedule/alarms.ts'
import { isItalianHoliday } from '#src/schedule/holidays.ts'
import { nextRunBy } from '#src/schedule/schedules.ts'
import { closeAccount, followProfile, seen } from '#src/storage/accounts.ts'
import { conversationOf, dropConversation, saveConversation } from '#src/storage/conversations.ts'
import type { Store } from '#src/storage/database.ts'
import { acceptEvent, eraseEvents, takeEvent } from '#src/storage/events.ts'
import { isUnable } from '#src/storage/failures.ts'
import { eraseFiles } from '#src/storage/files.ts'
import { joinMembers } from '#src/storage/joining.ts'
import { accountNamed, eraseMember, exportMember, memberOf } from '#src/storage/members.ts'
import { eraseMemory } from '#src/storage/memory.ts'
import { closePlace, placeAt, renamePlace } from '#src/storage/places.ts'
import { rolesOf, withRole } from '#src/storage/roles.ts'

/** Where something of hers may be, besides the features. */
const traces = [eraseLetters, eraseErrands, eraseEvents, eraseFiles, eraseMemory, dropConversation]

export function portsOn(
  store: Store,
  language: Language,
  platforms: ReadonlyMap<string, Platform>,
  now: () => Temporal.Instant,
  log: Log,
  wake: () => void,
): Omit<Ports, 'files' | 'observe'> {
  const days = calendar(isItalianHoliday)
  return {
    now,
    log,
    transaction: store.transaction,
    read: store.read,
    isUnable,
    version: store.version,
    t: language.t,
    inEveryLanguage: language.inEveryLanguage,
    calendar: days,
    nextRun: nextRunBy(days),
    outbox: outboxOf(days),
    errands: errandsIn,
    alarms: alarmsIn,
    people,
    places: { renamed: renamePlace, closed: closePlace },
    inbox: {
      accept: async (tx, event) => {
        const [fresh] = await Promise.all([acceptEvent(tx, event), seen(tx, event.member.id, event.place, event.at)])
        return fresh
      },
      take: takeEvent,
    },
    conversations: { of: conversationOf, save: saveConversation, drop: dropConversation },
    offered,
    posted: letterAt,
    converses: platform => platforms.get(platform)?.asks === 'conversation',
    wake,
  }
}

const outboxOf =
  ({ isHoliday }: Calendar): Ports['outbox'] =>
  (tx, cause, now) => {
    const { unhurried, ...box } = outboxIn(tx, cause, now)
    return { ...box, waitsUntil: () => waitUntil(tx, unhurried, now, isHoliday) }
  }

const people: Ports['people'] = {
  known: (tx, { platform, workspace, account }) => accountNamed(tx, platform, workspace, account),
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

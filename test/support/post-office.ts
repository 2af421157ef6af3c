import { onTestFinished } from 'vitest'
import type { Post, Tx } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import type { Message } from '#src/core/message.ts'
import type { Limits, Placement, Platform } from '#src/core/platform.ts'
import type { Cause, Log } from '#src/core/ports.ts'
import { outboxIn } from '#src/delivery/outbox.ts'
import { type Sender, sender } from '#src/delivery/sender.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { isItalianHoliday } from '#src/schedule/holidays.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { freshDatabase } from './database.ts'

/** What a platform of ours holds: posts, in the order in which they arrived. */
export interface Arrived {
  place: string
  key: string
  text: string
  at: number
  under?: string
  edits: string[]
}
/** What a platform does with the next thing that it is handed; `accepted` happens, and is then cut. */
export type Whim = 'takes' | 'accepted' | 'cut' | 'busy'

export interface Office {
  platform: Platform
  arrived: Arrived[]
  /** How many were being handed over at the same time, at most. */
  most: number
  calls: { what: 'post' | 'edit' | 'find'; place: string }[]
  /** Decides what becomes of a call; it takes all by default. May throw, and may take its time. */
  whim: (what: 'post' | 'edit' | 'find', at: Placement) => Whim | Promise<Whim>
}

export const unhurried: Limits = { parallel: 8 }

/** A platform in memory, with limits as the test wants them, and `busy` as an error of the test's. */
export function postOffice(now: () => number, limits: Limits = unhurried, busy?: () => Error): Office {
  const office: Office = { arrived: [], most: 0, calls: [], whim: () => 'takes', platform: {} as Platform }
  let open = 0
  const handed = async (what: 'post' | 'edit' | 'find', at: Placement, take: () => void): Promise<void> => {
    office.calls.push({ what, place: at.to.id })
    open += 1
    office.most = Math.max(office.most, open)
    try {
      const whim = await office.whim(what, at)
      if (whim === 'busy') throw busy?.() ?? new Error('busy')
      if (whim !== 'cut') take()
      if (whim !== 'takes') throw new Error('cut')
    } finally {
      open -= 1
    }
  }
  const held = ({ key, to }: Placement): Arrived | undefined =>
    office.arrived.find(each => each.key === key && each.place === to.id)
  office.platform = {
    name: 'slack',
    asks: 'form',
    limits,
    start: async () => {},
    stop: async () => {},
    post: async (message, at) => {
      const text = message.summary
      const under = at.root ? { under: at.root } : {}
      await handed('post', at, () =>
        office.arrived.push({ place: at.to.id, key: at.key, text, at: now(), ...under, edits: [] }),
      )
      return at.key
    },
    edit: async (ref, message, at) => {
      await handed('edit', at, () => void office.arrived.find(({ key }) => key === ref)?.edits.push(message.summary))
      return ref
    },
    find: async at => {
      let found: string | undefined
      await handed('find', at, () => {
        found = held(at)?.key
      })
      return found
    },
    direct: async ({ account }) => ({ ...aPlace(`D-${account}`), direct: true }),
  }
  return office
}

export const aPlace = (id: string): Place => ({
  platform: 'slack',
  workspace: 'T1',
  id,
  direct: false,
  locale: 'it',
  timezone: 'Europe/Rome',
})
// biome-ignore lint/suspicious/noExplicitAny: a sentence of a test, which no translation made
export const saying = (text: string): Message => ({ summary: text as any, blocks: [] })

/** A sender on a database of its own, and a clock that the test moves. */
export interface Delivery {
  store: Store
  office: Office
  time: { now: number }
  sender: Sender
  put(post: Omit<Post, 'message'> & { text: string }, cause?: Cause): Promise<void>
  /** Sends, moving the clock to whatever is due next, until nothing is, or for so many milliseconds. */
  play(most?: number): Promise<void>
  /** Another process on the same database. */
  another(options?: { shared?: boolean; store?: Store }): Sender
}

export const START = Temporal.Instant.from('2027-01-11T09:00:00Z').epochMilliseconds
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }
const { t } = openLanguage()

export async function delivery(limits?: Limits, busy?: () => Error, shared = false): Promise<Delivery> {
  const store = await openStore(await freshDatabase('delivery'))
  onTestFinished(() => store.close())
  const time = { now: START }
  const office = postOffice(() => time.now, limits, busy)
  const instant = (): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(Math.floor(time.now))
  const another = (options: { shared?: boolean; store?: Store } = {}): Sender =>
    sender({
      store: options.store ?? store,
      shared: options.shared ?? shared,
      platforms: new Map([[office.platform.name, office.platform]]),
      now: instant,
      elapsed: () => time.now,
      isHoliday: isItalianHoliday,
      t,
      log: silent,
      sendable: async message => message,
    })
  const first = another()
  return {
    store,
    office,
    time,
    sender: first,
    another,
    put: ({ text, ...post }, cause = {}) =>
      store.transaction((tx: Tx) => outboxIn(tx, cause, instant()).enqueue({ ...post, message: saying(text) })),
    play: async (most = 1_000_000) => {
      const end = time.now + most
      for (;;) {
        await first.drain()
        const next = await first.next()
        if (next === undefined || next > end) break
        time.now = Math.max(next, time.now)
      }
      if (most < 1_000_000) time.now = end
    },
  }
}

/** The database as a process sees it that dies: nothing comes back from it any more. */
export const mortal = (store: Store, isDead: () => boolean): Store => ({
  ...store,
  transaction: async (work, manner) => {
    const result = isDead() ? undefined : await store.transaction(work, manner)
    return isDead() || result === undefined ? new Promise(() => {}) : result
  },
})

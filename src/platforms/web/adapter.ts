import type { Platform } from '#src/core/platform.ts'
import { directPlace } from './acts.ts'
import type { History } from './history.ts'
import { directId, type Person } from './workspace.ts'

export interface WebOptions {
  history: History
  people: () => Promise<readonly Person[]>
  now: () => Temporal.Instant
}

/** The local workspace: its own server of messages, which keeps them all and shows them in a page. */
export function webPlatform({ history, people, now }: WebOptions): Platform {
  /** Whom a message is about: who alone reads it. With her it is forgotten. */
  const readerOf = async (to: { id: string; direct: boolean }, onlyFor?: string): Promise<Person | undefined> =>
    (await people()).find(({ id, account }) => (onlyFor ? id === onlyFor : to.direct && directId(account) === to.id))
  return {
    name: 'web',
    asks: 'form',
    start: async () => {},
    stop: async () => {},
    post: async (message, { to, key, under, onlyFor }) => {
      const reader = await readerOf(to, onlyFor)
      const at = now().epochMilliseconds
      const said = { key, to: to.id, at, lang: (reader ?? to).locale, message }
      const { ref } = await history.add({ ...said, ...(under && { under }), ...(onlyFor && { onlyFor }) }, reader?.id)
      return ref
    },
    edit: async (ref, message, { to, onlyFor }) => {
      await history.edit(ref, message, (await readerOf(to, onlyFor))?.id)
      return ref
    },
    find: async ({ key }) => (await history.byKey(key))?.ref,
    direct: async ({ account }) => directPlace({ account, locale: 'it', timezone: 'Europe/Rome' }),
  }
}

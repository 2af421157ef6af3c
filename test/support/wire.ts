import type { Message } from '#src/core/message.ts'
import { type Placement, type Platform, Undeliverable } from '#src/core/platform.ts'

/** A platform in the hand of a test: what it delivers, and what becomes of the next post. */
export interface Wire extends Platform {
  delivered: { message: Message; at: Placement }[]
  /** `up` takes everything; `down` cannot be reached; `refusing` says that it can never be. */
  state: 'up' | 'down' | 'refusing'
  /** Places that it refuses whatever its state, by their ids. */
  gone: Set<string>
}

export function aWire(name: Platform['name'] = 'slack'): Wire {
  const wire: Wire = {
    name,
    asks: 'form',
    delivered: [],
    state: 'up',
    gone: new Set(),
    start: async () => {},
    post: async (message, at) => {
      if (wire.state === 'down') throw new Error('cannot be reached')
      if (wire.state === 'refusing' || wire.gone.has(at.to.id))
        throw new Undeliverable('not_in_channel: "parole riservate"')
      wire.delivered.push({ message, at })
      return `ref-${wire.delivered.length}`
    },
    edit: async ref => ref,
    find: async () => undefined,
    direct: async ({ platform, workspace, account }) => ({
      platform,
      workspace,
      id: `D-${account}`,
      locale: 'it',
      timezone: 'Europe/Rome',
      direct: true,
    }),
    stop: async () => {},
  }
  return wire
}

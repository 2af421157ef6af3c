import { setTimeout as wait } from 'node:timers/promises'

type Fetch = typeof globalThis.fetch

/** So many messages on their way at the same time are a fan-out. */
const MANY = 4
/** In milliseconds. */
const A_MOMENT = 300

/**
 * Requests of a client that listens a moment later while it writes to many rooms. What it says comes back to it: asked for at once,
 * each message alone, and the homeserver looks through all rooms every time.
 */
export function unhurried(fetch: Fetch = globalThis.fetch): Fetch {
  let sending = 0
  return async (resource, options) => {
    const { pathname } = new URL(resource instanceof Request ? resource.url : resource)
    if (!pathname.includes('/send/')) {
      if (pathname.endsWith('/sync') && sending >= MANY)
        await wait(A_MOMENT, undefined, options?.signal ? { signal: options.signal } : {})
      return fetch(resource, options)
    }
    sending += 1
    try {
      return await fetch(resource, options)
    } finally {
      sending -= 1
    }
  }
}

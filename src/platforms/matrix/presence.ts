import type { Log } from '#src/core/ports.ts'
import type { Wire } from './wire.ts'

/** An answer that is there sooner needs no notice, in milliseconds. */
const SOON = 700
/** Who goes on within so many is told once that all of it was read. */
const PAUSE = 1500

/**
 * Shows that the bot has read what was said, and is at it when an answer takes longer than a moment. The answer comes first: a
 * homeserver does one thing after the other, and everybody in the room is told of a receipt.
 */
export interface Presence {
  /** It has heard this, and will answer here. */
  begin(room: string, event: string): void
  /** It has answered, or will not. */
  end(room: string): void
}

export function presenceOn(wire: Wire, log: Log): Presence {
  const timers = new Map<string, NodeJS.Timeout>()
  const shown = new Set<string>()
  const unread = new Map<string, string>()
  // A courtesy: that it failed is nobody's concern.
  const show = (room: string, on: boolean): void => void wire.typing(room, on).catch(() => {})
  const read = (room: string): void => {
    const event = unread.get(room)
    if (event !== undefined) void wire.read(room, event).catch(error => log.warn({ error }, 'a receipt was lost'))
    unread.delete(room)
  }
  const next = (room: string, work: () => void, milliseconds: number): void => {
    clearTimeout(timers.get(room))
    const timer = setTimeout(() => {
      timers.delete(room)
      work()
    }, milliseconds)
    timers.set(room, timer.unref())
  }
  return {
    begin: (room, event) => {
      unread.set(room, event)
      const notice = (): void => {
        read(room)
        shown.add(room)
        show(room, true)
      }
      next(room, notice, SOON)
    },
    end: room => {
      if (unread.has(room)) next(room, () => read(room), PAUSE)
      if (shown.delete(room)) show(room, false)
    },
  }
}

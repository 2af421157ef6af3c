import type { Wire } from './wire.ts'

/** An answer that is there sooner needs no notice, in milliseconds. */
const SOON = 700

/** Shows that the bot is at it, when an answer takes longer than a moment. */
export interface Typing {
  begin(room: string): void
  end(room: string): void
}

export function typingOn(wire: Wire): Typing {
  const timers = new Map<string, NodeJS.Timeout>()
  const shown = new Set<string>()
  // A courtesy: that it failed is nobody's concern.
  const show = (room: string, on: boolean): void => void wire.typing(room, on).catch(() => {})
  return {
    begin: room => {
      clearTimeout(timers.get(room))
      timers.set(
        room,
        setTimeout(() => {
          shown.add(room)
          show(room, true)
        }, SOON).unref(),
      )
    },
    end: room => {
      clearTimeout(timers.get(room))
      timers.delete(room)
      if (shown.delete(room)) show(room, false)
    },
  }
}

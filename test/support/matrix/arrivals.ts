import type { Heard } from '#src/platforms/matrix/wire.ts'

/** Who came or went, as one word. */
export const walk = ({ room, stateKey, content }: Pick<Heard, 'room' | 'content'> & { stateKey?: string }): string =>
  `${room} ${stateKey} ${(content as { membership?: string }).membership}`

/** What has reached the bot, by its event or by who came or went. */
export interface Arrivals {
  /** Resolves when the bot is done with it. */
  of(name: string): PromiseWithResolvers<Heard>
  has(name: string): boolean
  forget(name: string): void
  /** The bot is not told of it. */
  hush(name: string): void
  /** Hands it to the bot. */
  pass(event: Heard, to: (event: Heard) => Promise<void>): Promise<void>
}

export function openArrivals(): Arrivals {
  const known = new Map<string, PromiseWithResolvers<Heard>>()
  const hushed = new Set<string>()
  const of = (name: string): PromiseWithResolvers<Heard> => {
    const arrival = known.get(name) ?? Promise.withResolvers<Heard>()
    known.set(name, arrival)
    return arrival
  }
  return {
    of,
    has: name => known.has(name),
    forget: name => void known.delete(name),
    hush: name => void hushed.add(name),
    pass: async (event, to) => {
      const names = event.type === 'm.room.member' ? [event.id, walk(event)] : [event.id]
      try {
        // On a clock that stands still, everything happens now.
        if (!names.some(name => hushed.delete(name))) await to({ ...event, age: 0 })
        for (const name of names) of(name).resolve(event)
      } catch (error) {
        for (const name of names) of(name).reject(error)
      }
    },
  }
}

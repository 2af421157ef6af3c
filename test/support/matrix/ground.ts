import type { Memory } from '#src/core/memory.ts'
import type { Log } from '#src/core/ports.ts'
import type { Wire } from '#src/platforms/matrix/wire.ts'
import { type Recorded, recordedHomeserver } from './recorded.ts'

/** What the lines of a rehearsal are played on, and what came of them. */
export type Ground = Pick<Recorded, 'sent' | 'rooms' | 'files' | 'hear'>

/** A homeserver that outlives the bot: in memory, or a real one. */
export interface Homestead extends Ground {
  /** The bot's way to it, for one life of the bot. */
  wire(parts: { memory: Memory; log: Log }): Promise<Wire>
  /** Those who are named have an account from now on. */
  people(users: readonly string[]): Promise<void>
  /** There is a room of this name, and these are in it before the bot comes. */
  place(alias: string, inside: readonly string[]): Promise<void>
  /** Resolves when others have seen all that the bot has sent. */
  caughtUp(): Promise<void>
}

/** In memory, or on a real one in plain or encrypted rooms, as the suite says. */
export async function openGround(): Promise<Homestead> {
  const mode = process.env.MATRIX_MODE
  if (mode === 'recorded') return inMemory()
  const { realHomeserver } = await import('./real.ts')
  return realHomeserver({ encrypted: mode === 'encrypted' })
}

function inMemory(): Homestead {
  const { wire, sent, rooms, files, hear } = recordedHomeserver()
  return {
    sent,
    rooms,
    files,
    hear,
    wire: async () => wire,
    people: async () => {},
    place: async alias => {
      const id = `!${alias.slice(1)}`
      rooms.set(id, { id, aliases: [alias], encrypted: true })
    },
    caughtUp: async () => {},
  }
}

import { CHART, type Draw, type Drawn, drawnTypes } from '#src/core/chart.ts'
import type { Message } from '#src/core/message.ts'
import type { Stored } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import type { Store } from '#src/storage/database.ts'
import { storedFile } from '#src/storage/files.ts'

/** Stored files as they are shown: a chart is drawn, everything else stays as it is. */
export interface Pictures {
  /** Undefined when there is none, or when it cannot be drawn. */
  show(id: string, as?: Drawn): Promise<Stored | undefined>
  /** The message as it can be sent: a picture that cannot be drawn is told in the words that stand for it. */
  sendable(message: Message): Promise<Message>
}

/** What was drawn last is at hand: whoever delivers a message asks for its pictures again. */
const AT_HAND = 8

export function pictures({ store, draw, log }: { store: Pick<Store, 'read'>; draw: Draw; log: Log }): Pictures {
  const drawn = new Map<string, Stored>()
  const drawing = async (id: string, { name, bytes }: Stored, as: Drawn): Promise<Stored | undefined> => {
    const known = drawn.get(`${as}:${id}`)
    if (known) return known
    try {
      const picture = { name: `${name}.${as}`, type: drawnTypes[as], bytes: await draw(bytes, as) }
      drawn.set(`${as}:${id}`, picture)
      for (const oldest of [...drawn.keys()].slice(0, -AT_HAND)) drawn.delete(oldest)
      return picture
    } catch (error) {
      log.error({ file: id, error }, 'a chart could not be drawn')
      return undefined
    }
  }
  const show: Pictures['show'] = async (id, as = 'png') => {
    const file = await store.read(tx => storedFile(tx, id))
    return file?.type === CHART ? drawing(id, file, as) : file
  }
  return {
    show,
    sendable: async message => {
      const blocks: Message['blocks'] = []
      for (const block of message.blocks) {
        const lost = block.type === 'image' && !(await show(block.file))
        blocks.push(lost ? { type: 'text', text: block.alt } : block)
      }
      return { ...message, blocks }
    },
  }
}

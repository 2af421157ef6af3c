import type { Wire } from './wire.ts'

/** A connection that is opened when it is needed, and another in its place after it broke. */
export interface Line {
  /** How many are at work on it. */
  readonly users: number
  use<T>(work: (wire: Wire) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export function line(open: () => Promise<Wire>): Line {
  let current: Promise<Wire> | undefined
  let users = 0
  const fresh = (): Promise<Wire> => {
    const opening = open()
    current = opening
    opening.catch(() => {
      if (current === opening) current = undefined
    })
    return opening
  }
  const whole = async (): Promise<Wire> => {
    const known = current
    const wire = await (known ?? fresh())
    if (!wire.broken) return wire
    await wire.close()
    return current === known || !current ? fresh() : current
  }
  return {
    get users() {
      return users
    },
    use: async work => {
      users += 1
      try {
        return await work(await whole())
      } finally {
        users -= 1
      }
    },
    close: async () => {
      const wire = await current?.catch(() => undefined)
      await wire?.close()
    },
  }
}

/** The one with the fewest at work on it, the first of several. */
export const idlest = (lines: readonly Line[]): Line =>
  lines.reduce((best, other) => (other.users < best.users ? other : best))

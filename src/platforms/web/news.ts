/** Tells the open pages that something changed. */
export interface News {
  /** Grows with every change; another run of the bot starts elsewhere. */
  version(): string
  changed(): void
  /** Calls back at every change, until the returned function is called. */
  listen(heard: () => void): () => void
  /** Sends the listeners away: the bot is about to stop. */
  end(): void
  readonly ended: Promise<void>
}

export function openNews(run: string): News {
  const listeners = new Set<() => void>()
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  let count = 0
  return {
    ended,
    end,
    version: () => `${run}-${count}`,
    changed: () => {
      count += 1
      for (const heard of listeners) heard()
    },
    listen: heard => {
      listeners.add(heard)
      return () => void listeners.delete(heard)
    },
  }
}

/**
 * What a platform remembers across restarts, by name; `set` is durable when it returns, all entries or none. Entries that
 * are about one member are `whose`: they go, in the same transaction, when she is forgotten.
 */
export interface Memory {
  get(name: string): Promise<unknown>
  set(entries: Record<string, unknown>, whose?: string): Promise<void>
  /** In the order of their names; with `last`, only so many of the last. */
  startingWith(prefix: string, last?: number): Promise<{ name: string; value: unknown }[]>
}

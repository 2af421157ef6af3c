/** What a platform remembers across restarts, by name; `set` is durable when it returns, all entries or none. */
export interface Memory {
  get(name: string): Promise<unknown>
  set(entries: Record<string, unknown>): Promise<void>
  startingWith(prefix: string): Promise<{ name: string; value: unknown }[]>
}

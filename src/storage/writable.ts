import type { Store } from './database.ts'
import { isUnable } from './failures.ts'
import { saveSetting } from './settings.ts'

/** A store that knows whether it can be written to: one that is full, or locked for good, can still be read. */
export interface Writable extends Store {
  /** Whether the last that was written could be; where not, it is tried again. Never throws. */
  takes(): Promise<boolean>
}

export function writable(store: Store): Writable {
  let refused = false
  const tried = async (): Promise<boolean> => {
    try {
      await store.transaction(tx => saveSetting(tx, 'tried', Date.now()))
      return true
    } catch {
      return false // however it fails, it does not take anything
    }
  }
  return {
    ...store,
    transaction: async (work, manner) => {
      try {
        return await store.transaction(work, manner)
      } catch (error) {
        refused ||= isUnable(error)
        throw error
      }
    },
    takes: async () => {
      if (refused) refused = !(await tried())
      return !refused
    },
  }
}

/** What befalls the n-th transaction. A full disk stays full for some transactions, a lock is held for some milliseconds. */
export const shares = { full: 0.006, locked: 0.006, kill: 0.006, clock: 0.008 }
export const TRANSACTIONS_FULL = 5
export const LOCKED_FOR = 400

export interface Blows {
  /** The process ends here. */
  kill: () => void
  /** The clock is moved. */
  jump: (thrown: number) => void
  tell: (what: string) => void
}

/** Statements that went out and whose answers nobody has waited for yet. */
export interface Trail {
  /** Goes on before the answer is there, unless too many are missing. */
  leave(answer: Promise<unknown>): Promise<void>
  /** Resolves when all were answered; rejects with the error of the first that failed. */
  ended(): Promise<void>
}

/** So many answers are missing at most. */
const MOST = 100

export function openTrail(): Trail {
  const missing = new Set<Promise<void>>()
  let failed: { error: unknown } | undefined
  return {
    leave: async answer => {
      const answered: Promise<void> = answer.then(
        () => void missing.delete(answered),
        error => {
          missing.delete(answered)
          failed ??= { error }
        },
      )
      missing.add(answered)
      if (missing.size > MOST) await answered
    },
    ended: async () => {
      await Promise.all(missing)
      const first = failed
      failed = undefined
      if (first) throw first.error
    },
  }
}

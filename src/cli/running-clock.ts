import type { Memory } from '#src/core/memory.ts'
import type { Bot } from '#src/main.ts'

/** A clock that runs as any clock does, ahead of the real one by as much as it was moved. */
export interface RunningClock {
  now: () => Temporal.Instant
  /** Moves on, stopping wherever something falls due, so that everything runs at its own time and in order. */
  moveTo(at: Temporal.Instant, bot: Pick<Bot, 'settle' | 'nextDue'>): Promise<void>
}

/** Runs from where it was left; the first time from `at`, else from the real now. */
export async function openRunningClock(
  memory: Memory,
  at?: Temporal.Instant,
  real: () => Temporal.Instant = Temporal.Now.instant,
): Promise<RunningClock> {
  const kept = await memory.get('ahead')
  let ahead = typeof kept === 'number' ? kept : 0
  const now = (): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(real().epochMilliseconds + ahead)
  const set = async (to: number): Promise<void> => {
    const next = to - real().epochMilliseconds
    if (next <= ahead) return
    ahead = next
    await memory.set({ ahead })
  }
  if (at && kept === undefined) {
    ahead = at.epochMilliseconds - real().epochMilliseconds
    await memory.set({ ahead })
  }
  return {
    now,
    moveTo: async (to, bot) => {
      for (;;) {
        const due = await bot.nextDue()
        if (due === undefined || due >= to.epochMilliseconds) break
        await set(due)
        await bot.settle()
        // What is due and cannot be done now, a post that is being tried again for instance, must not hold the clock.
        if (((await bot.nextDue()) ?? Number.POSITIVE_INFINITY) <= due) break
      }
      await set(to.epochMilliseconds)
      await bot.settle()
    },
  }
}

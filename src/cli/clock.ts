import type { Memory } from '#src/core/memory.ts'
import type { Bot } from '#src/main.ts'

/** A clock that stands still until it is moved, and is found where it was left. */
export interface Clock {
  now: () => Temporal.Instant
  /** Moves on, stopping wherever something falls due, so that everything runs at its own time and in order. */
  moveTo(at: Temporal.Instant, bot: Pick<Bot, 'settle' | 'nextDue'>): Promise<void>
}

/** Stands where it was left, or at `at` when that is later. */
export async function openClock(memory: Memory, at: Temporal.Instant): Promise<Clock> {
  const kept = await keptMoment(memory)
  const left = kept ?? at
  let now = Temporal.Instant.compare(left, at) > 0 ? left : at
  const set = async (to: Temporal.Instant): Promise<void> => {
    if (kept !== undefined && to.equals(now)) return
    now = to
    await memory.set({ clock: String(to) })
  }
  await set(now)
  return {
    now: () => now,
    moveTo: async (to, bot) => {
      for (;;) {
        const due = await bot.nextDue()
        if (due === undefined || due >= to.epochMilliseconds) break
        if (due > now.epochMilliseconds) await set(Temporal.Instant.fromEpochMilliseconds(due))
        await bot.settle()
      }
      await set(to)
      await bot.settle()
    },
  }
}

/** Where a rehearsal left its clock: on its database it is no other time. */
export async function keptMoment(memory: Memory): Promise<Temporal.Instant | undefined> {
  const kept = await memory.get('clock')
  return typeof kept === 'string' ? Temporal.Instant.from(kept) : undefined
}

import { expect, test } from 'vitest'
import { openRunningClock } from '#src/cli/running-clock.ts'
import type { Memory } from '#src/core/memory.ts'

const noon = Temporal.Instant.from('2026-11-23T12:00:00Z')
const later = (hours: number): Temporal.Instant => noon.add({ hours })

const aMemory = (): Memory => {
  const kept = new Map<string, unknown>()
  return {
    get: async name => kept.get(name),
    set: async entries => {
      for (const [name, value] of Object.entries(entries)) kept.set(name, value)
    },
    startingWith: async () => [],
  }
}

/** Things that fall due; each is done when it is settled at its time. */
const aBot = (due: number[], now: () => Temporal.Instant, stuck = false) => {
  const ran: string[] = []
  return {
    ran,
    nextDue: async () => due[0],
    settle: async () => {
      while (due[0] !== undefined && due[0] <= now().epochMilliseconds && !stuck) {
        ran.push(String(now()))
        due.shift()
      }
    },
  }
}

test('it runs with the real clock, ahead by as much as it was moved, also after a restart', async () => {
  const memory = aMemory()
  let real = noon
  const clock = await openRunningClock(memory, undefined, () => real)
  await clock.moveTo(later(48), aBot([], clock.now))
  real = later(1)

  expect(clock.now()).toEqual(later(49))
  expect((await openRunningClock(memory, noon, () => real)).now()).toEqual(later(49))
})

test('what falls due on the way happens at its own time, in order', async () => {
  const clock = await openRunningClock(aMemory(), undefined, () => noon)
  const bot = aBot(
    [later(2), later(5)].map(each => each.epochMilliseconds),
    clock.now,
  )

  await clock.moveTo(later(9), bot)

  expect(bot.ran).toEqual([String(later(2)), String(later(5))])
  expect(clock.now()).toEqual(later(9))
})

test('what cannot be done now does not hold the clock, and it never goes back', async () => {
  const clock = await openRunningClock(aMemory(), later(1), () => noon)
  const stuck = aBot([later(2).epochMilliseconds], clock.now, true)

  await clock.moveTo(later(9), stuck)
  await clock.moveTo(later(3), stuck)

  expect(clock.now()).toEqual(later(9))
})

import { expect, onTestFinished, test } from 'vitest'
import type { Feature } from '#src/core/feature.ts'
import { silence } from '#src/core/interaction.ts'
import { Busy } from '#src/core/platform.ts'
import { errands } from '#src/delivery/schema.ts'
import { assemble } from '#src/main.ts'
import { openStore, queries } from '#src/storage/database.ts'
import { engine } from '#src/storage/engine.ts'
import { nowhere } from '#test/bench/lib/crowd.ts'
import { freshDatabase } from '#test/support/database.ts'

const start = Temporal.Instant.from('2027-01-12T10:00:00Z')

/** A bot that was sent into a place: `enter` and `comesBack` are what goes wrong on the way, and on coming back. */
async function sent(troubles: { enter?: () => unknown; comesBack?: () => void }) {
  const store = await openStore(await freshDatabase())
  const said: string[] = []
  const inside: string[] = []
  const tried: number[] = []
  let now = start
  const minutes = (): number => Math.round((now.epochMilliseconds - start.epochMilliseconds) / 60_000)
  const feature: Feature = {
    name: 'probe',
    said: async ({ id }, world) => {
      const input = { platform: 'web', workspace: 'local', id: 'square' }
      await world.errands.run({ name: 'enter', input, key: id, backTo: 'probe.entered', about: 'square' })
      return silence
    },
    done: {
      'probe.entered': async (_, about) => {
        troubles.comesBack?.()
        inside.push(about)
      },
    },
  }
  const enter = async (): Promise<boolean> => {
    tried.push(minutes())
    await troubles.enter?.()
    return true
  }
  const note = (_: object, what: string): void => void said.push(what)
  const log = { info: () => {}, warn: note, error: note }
  const platforms = [{ ...nowhere, enter }]
  const bot = assemble({ store, features: [feature], platforms, workers: {}, now: () => now, log })
  onTestFinished(bot.stop)
  const member = await bot.intake.member({ platform: 'web', workspace: 'local', account: 'm', name: 'M' })
  const place = await nowhere.direct({ platform: 'web', workspace: 'local', account: 'm', name: 'M' })
  await bot.intake.accept({ kind: 'said', id: 'e1', at: now, member, place, text: 'entra' })
  await bot.intake.handle('e1')
  /** So many attempts, each when it is due; fewer when it is over before. */
  const goes = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      await bot.settle()
      const due = await bot.nextDue()
      if (due === undefined) return
      now = Temporal.Instant.fromEpochMilliseconds(Math.max(due, now.epochMilliseconds))
    }
  }
  const wasTried = (times: number) => store.transaction(tx => queries(tx).update(errands).set({ attempts: times }))
  return { goes, said, inside, tried, minutes, wasTried, due: bot.nextDue }
}

const fails = (code: string) => (): never => {
  throw Object.assign(new Error('it fails'), { code })
}

test('a place that cannot be entered is tried for about a day, a minute or two apart', async () => {
  const troubles: { enter?: () => void } = { enter: fails('ECONNREFUSED') }
  const { goes, said, inside, tried, minutes } = await sent(troubles)
  await goes(20)
  expect(minutes()).toBeGreaterThan(12)
  expect(Math.max(...tried.map((at, n) => at - (tried[n - 1] ?? 0)))).toBeLessThanOrEqual(2)
  expect(new Set(said)).toEqual(new Set(['an errand failed, and will be tried again']))

  delete troubles.enter
  await goes(2)
  expect(inside).toEqual(['square'])
})

test('after a day it is given up, and the log says so', async () => {
  const { goes, said, tried, wasTried } = await sent({ enter: fails('ECONNREFUSED') })
  await wasTried(950)
  await goes(30)
  expect(said.at(-1)).toBe('an errand failed, and is given up')
  expect(tried).toHaveLength(10)
})

test('where it is asked to wait, it waits', async () => {
  const pleas = [new Busy(600)]
  const enter = (): void => {
    for (const plea of pleas.splice(0)) throw plea
  }
  const { goes, inside, tried } = await sent({ enter })
  await goes(3)
  expect(inside).toEqual(['square'])
  expect(tried).toEqual([0, 10])
})

test('what the database cannot take is not counted: it comes back when there is room again', async () => {
  const troubles: { comesBack?: () => void } = { comesBack: fails(engine() === 'postgres' ? '53100' : 'SQLITE_FULL') }
  const { goes, inside, tried, minutes } = await sent(troubles)
  await goes(15)
  expect(tried).toHaveLength(15)
  expect(minutes()).toBeGreaterThanOrEqual(3)
  expect(inside).toEqual([])

  delete troubles.comesBack
  await goes(2)
  expect(inside).toEqual(['square'])
})

test('a mistake of ours on coming back is given up soon', async () => {
  const { goes, said, tried } = await sent({ comesBack: fails('ERR_OF_OURS') })
  await goes(30)
  expect(tried).toHaveLength(8)
  expect(said.at(-1)).toBe('an errand failed, and is given up')
})

test('while it is at one, that one does not fall due', async () => {
  const troubles: { enter?: () => unknown } = {}
  const { goes, due, inside } = await sent(troubles)
  const seen: (number | undefined)[] = []
  troubles.enter = async () => seen.push(await due())
  await goes(2)
  expect(seen).toEqual([undefined])
  expect(inside).toEqual(['square'])
})

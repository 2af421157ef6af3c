import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { registry } from '#src/core/registry.ts'
import { letterWithKey } from '#src/delivery/letters.ts'
import { periods } from '#src/features/checkins/store.ts'
import { features } from '#src/features/index.ts'
import { daysOf, mondays, nthWorkingDays, wallClock, written } from '#test/support/schedules/days.ts'
import { type Deed, habits, modelOf } from '#test/support/schedules/model.ts'
import { type Watched, watched } from '#test/support/schedules/watched.ts'

vi.setConfig({ testTimeout: 240_000 })

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds
const zones = [
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Europe/Rome',
  'Pacific/Apia',
  'Pacific/Chatham',
  'UTC',
]
const year = { from: '2027-01-01T00:00:00Z', to: '2028-01-01T00:00:00Z' }

/** Minutes during which the bot is awake by its own clock, and whether its process begins anew before them. */
interface Stretch {
  from: string
  to: string
  restarts?: true
}

/** Lives through the stretches minute by minute; what should have been done. */
async function lives(bot: Watched, stretches: Stretch[], model: ReturnType<typeof modelOf>): Promise<Deed[]> {
  const expected: Deed[] = []
  for (const { from, to, restarts } of stretches) {
    if (restarts) bot.restarts()
    for (let now = ms(from); now < ms(to); now += MINUTE) {
      await bot.wakes(now)
      expected.push(...model.wakes(now))
    }
  }
  return expected
}

test('every job of ours is in the model', () => {
  const ours = [...registry(features).jobs].map(([id, { missed, per }]) => [id, missed, per])
  const known = Object.entries(habits).filter(([id]) => !id.startsWith('probe.'))
  expect(ours).toEqual(known.map(([id, { missed, per }]) => [id, missed, per]))
})

test('a year minute by minute: everything at its time in every zone, and what comes of it', async () => {
  const bot = await watched({ home: 'Europe/Rome', feast: '01-29', zones }, ms(year.from))
  const model = modelOf('Europe/Rome', zones, '01-29', ms(year.from), ms(year.to))
  const expected = await lives(bot, [year], model)
  expect(bot.deeds).toEqual(expected)
  expect(expected.length).toBeGreaterThan(1000)
  expect(bot.deeds.filter(deed => 'late' in deed && (deed.late || !deed.last))).toEqual([])

  // January was opened in February and closed in it, and so on: every month once, by the first zone and by Rome.
  const days = daysOf(2027, 2027, '01-29')
  const [opened, closed] = [nthWorkingDays(days, 1), nthWorkingDays(days, 7)]
  const earliest = (day: number): number => Math.min(...zones.map(zone => wallClock(zone)(day, 9, 0)))
  const months = (await bot.store.read(periods)).map(({ id, openedAt, closedAt }) => ({ id, openedAt, closedAt }))
  expect(months).toEqual(
    opened.map((day, index) => ({
      id: index === 0 ? '2026-12' : `2027-${String(index).padStart(2, '0')}`,
      openedAt: earliest(day),
      closedAt: wallClock('Europe/Rome')(closed[index]!, 18, 0),
    })),
  )
  const told = (key: string) => bot.store.read(tx => letterWithKey(tx, `${key}:web:local:#coordinamento`))
  for (const { id } of months) expect(await told(`digest:${id}`), id).toBeDefined()
  // A week's is named after the day on which it begins, in UTC: in Rome that is still Sunday.
  for (const monday of mondays(days)) expect(await told(`digest:${written(monday - 8)}`), written(monday)).toBeDefined()
})

const troubled: Stretch[] = [
  { from: '2027-01-01T00:00:00Z', to: '2027-02-01T07:56:00Z' },
  // Seven minutes over nine o'clock in Rome on the first working day; the process goes on, as after a suspended machine.
  { from: '2027-02-01T08:03:00Z', to: '2027-02-03T08:30:00Z' },
  // The clock goes back five hours, and later forward by nine.
  { from: '2027-02-03T03:30:00Z', to: '2027-02-09T10:00:00Z' },
  { from: '2027-02-09T19:00:00Z', to: '2027-03-14T06:50:00Z' },
  // It goes ahead by nine hours for three, then back, while summer time begins in New York.
  { from: '2027-03-14T15:50:00Z', to: '2027-03-14T18:50:00Z' },
  { from: '2027-03-14T09:50:00Z', to: '2027-03-26T12:00:00Z' },
  // Three days over Easter and the beginning of summer time, and a new process.
  { from: '2027-03-29T12:00:20Z', to: '2027-05-20T10:00:00Z', restarts: true },
  // Five months.
  { from: '2027-10-20T10:00:00Z', to: '2027-10-31T01:20:00Z', restarts: true },
  // Summer time ends in Rome: a clock that is set by hand shows the hour again.
  { from: '2027-10-31T00:20:00Z', to: '2027-10-31T02:30:00Z' },
  { from: '2027-10-31T00:10:00Z', to: '2027-11-08T00:00:00Z', restarts: true },
  // Up for seven minutes every now and then.
  { from: '2027-11-09T16:58:00Z', to: '2027-11-09T17:05:00Z', restarts: true },
  { from: '2027-12-01T07:58:00Z', to: '2027-12-01T08:05:00Z', restarts: true },
  { from: '2027-12-24T00:00:00Z', to: '2028-02-10T00:00:00Z', restarts: true },
]

test('a year with every trouble: what was missed comes as its policy says, and nothing twice', async () => {
  const bot = await watched({ home: 'Australia/Lord_Howe', feast: '06-24', zones }, ms(year.from))
  const model = modelOf('Australia/Lord_Howe', zones, '06-24', ms(year.from), ms('2028-02-10T00:00:00Z'))
  const expected = await lives(bot, troubled, model)
  expect(bot.deeds).toEqual(expected)
  const jobs = bot.deeds.filter(deed => 'job' in deed)
  // Of the five months, each closing in order and only the last of everything else.
  const after = jobs.filter(({ now }) => now === ms('2027-10-20T10:00:00Z'))
  expect(after.filter(({ job }) => job === 'checkins.close').map(({ last }) => last)).toEqual([
    ...[false, false, false, false],
    true,
  ])
  expect(after.filter(({ job, zone }) => job === 'checkins.open' && zone === 'UTC')).toHaveLength(1)
  const times = jobs.map(({ job, zone, scheduled }) => `${job}@${zone} ${scheduled}`)
  expect(new Set(times).size).toBe(times.length)
})

test('whenever it wakes: years of random downtimes, restarts and clocks that jump', async () => {
  const pause = fc.oneof(
    fc.integer({ min: 1, max: 20 }).map(minutes => minutes * MINUTE),
    fc.integer({ min: 1, max: 72 }).map(hours => hours * 60 * MINUTE + 1),
    fc.integer({ min: 1, max: 160 }).map(days => days * DAY),
    fc.integer({ min: 1, max: 20 }).map(hours => -hours * 60 * MINUTE),
  )
  const rarely = fc.integer({ min: 1, max: 6 }).map(number => number === 1)
  const wakings = fc.array(fc.record({ pause, restarts: rarely }), { minLength: 10, maxLength: 40 })
  const places = fc.record({ home: fc.constantFrom(...zones), feast: fc.constantFrom('01-29', '12-24', '04-26') })
  const begins = fc.integer({ min: ms('2026-12-20T00:00:00Z'), max: ms('2029-03-01T00:00:00Z') })
  await fc.assert(
    fc.asyncProperty(places, begins, wakings, async ({ home, feast }, begun, times) => {
      const some = zones.slice(2, 5)
      const bot = await watched({ home, feast, zones: some, noted: true }, begun)
      const awake = times.reduce((sum, { pause }) => sum + Math.max(pause, 0), begun)
      const model = modelOf(home, some, feast, begun, awake)
      const expected: Deed[] = []
      let now = begun
      await bot.wakes(now)
      for (const { pause, restarts } of times) {
        now += pause
        if (restarts) bot.restarts()
        await bot.wakes(now)
        expected.push(...model.wakes(now))
      }
      expect(bot.deeds).toEqual(expected)
    }),
    { numRuns: 8 },
  )
})

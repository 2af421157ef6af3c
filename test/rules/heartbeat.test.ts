import { expect, onTestFinished, test } from 'vitest'
import type { Feature, Job } from '#src/core/feature.ts'
import type { Log } from '#src/core/ports.ts'
import { assemble } from '#src/main.ts'
import { alarmsIn } from '#src/schedule/alarms.ts'
import { openStore } from '#src/storage/database.ts'
import { engine } from '#src/storage/engine.ts'
import { addMember } from '#src/storage/members.ts'
import { programme, saveSetting } from '#src/storage/settings.ts'
import { freshDatabase } from '#test/support/database.ts'

const daily: Pick<Job, 'rule' | 'missed'> = { rule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0', missed: 'each' }
const start = Temporal.Instant.from('2027-03-02T00:00:00Z')

/** A job that is due each morning. */
const telling = (run: Job['run']): Pick<Feature, 'jobs'> => ({ jobs: { tell: { ...daily, per: 'programme', run } } })

/** A bot with one feature, and a second connection to its database: another process. */
async function aBot(feature: Partial<Feature>) {
  const database = await freshDatabase()
  const [store, elsewhere] = [await openStore(database), await openStore(database)]
  let now = start
  const said: string[] = []
  const note = (_: object, what: string): void => void said.push(what)
  const log: Log = { info: () => {}, warn: note, error: note }
  const features = [{ name: 'probe', ...feature }]
  const bot = assemble({ store, features, platforms: [], workers: {}, now: () => now, log })
  onTestFinished(async () => {
    await bot.stop()
    await elsewhere.close()
  })
  const lives = async (minutes: number): Promise<void> => {
    for (let minute = 0; minute <= minutes; minute += 1) {
      while (await bot.beat());
      if (minute < minutes) now = now.add({ minutes: 1 })
    }
  }
  await lives(0)
  return { bot, elsewhere, lives, said, now: () => now }
}
const clock = (at: Temporal.Instant): string => at.toString().slice(11, 16)

test('what another process changes counts from the next minute: a zone, a rule, an alarm', async () => {
  const ran: string[] = []
  const { elsewhere, lives } = await aBot({
    jobs: { tell: { ...daily, per: 'zone', run: async ({ zone }, { now }) => void ran.push(`${zone} ${clock(now)}`) } },
    alarms: { 'probe.ring': async (about, { now }) => void ran.push(`${about} ${clock(now)}`) },
  })
  await lives(60)
  await elsewhere.transaction(tx =>
    addMember(tx, { person: null, name: 'A', locale: 'it', timezone: 'Asia/Kolkata', organization: null }, start),
  )
  await lives(60)
  const alarm = { name: 'probe.ring', key: 'alarm', at: Temporal.Instant.from('2027-03-02T02:30:00Z'), about: 'alarm' }
  await elsewhere.transaction(tx => alarmsIn(tx).set(alarm))
  await lives(240)
  const schedules = { 'probe.tell': 'FREQ=DAILY;BYHOUR=8;BYMINUTE=30' }
  await elsewhere.transaction(async tx => saveSetting(tx, 'programme', { ...(await programme(tx)), schedules }))
  await lives(24 * 60)
  expect(ran).toEqual([...['alarm 02:30', 'Asia/Kolkata 03:30', 'Europe/Rome 07:30', 'Asia/Kolkata 03:00']])
})

test('a zone that is not known here holds nobody up', async () => {
  const ran: string[] = []
  const { elsewhere, lives } = await aBot({
    jobs: { tell: { ...daily, per: 'zone', run: async ({ zone }) => void ran.push(zone) } },
  })
  await elsewhere.transaction(tx =>
    addMember(tx, { person: null, name: 'A', locale: 'it', timezone: 'Mars/Olympus', organization: null }, start),
  )
  await lives(24 * 60)
  expect(ran).toEqual(['Europe/Rome'])
})

test('what fails is tried again after a while, and meanwhile the others go on', async () => {
  const done: string[] = []
  const faults = new Set(['the disk is full'])
  const breaks = (name: string) => async (): Promise<void> => {
    for (const fault of faults) throw new Error(fault)
    done.push(name)
  }
  const { bot, elsewhere, lives, said, now } = await aBot({
    jobs: { tell: { ...daily, per: 'programme', run: breaks('job') } },
    alarms: { 'probe.ring': breaks('alarm'), 'probe.other': async () => void done.push('other') },
  })
  const alarm = (name: string, time: string) =>
    elsewhere.transaction(tx =>
      alarmsIn(tx).set({
        name: `probe.${name}`,
        key: name,
        at: Temporal.Instant.from(`2027-03-02T${time}Z`),
        about: '',
      }),
    )
  await alarm('ring', '07:59:00')
  await alarm('other', '08:00:00')
  await lives(8 * 60 + 1)
  expect(done).toEqual(['other'])
  // Nothing is due before the next attempt: whoever sleeps until then sleeps.
  expect(await bot.nextDue()).toBeGreaterThan(now().epochMilliseconds)
  faults.clear()
  await lives(5)
  expect(done).toEqual(['other', 'alarm', 'job'])
  expect(new Set(said)).toEqual(new Set(['failed, and will be tried again']))
  await lives(24 * 60)
  expect(done).toEqual(['other', 'alarm', 'job', 'job'])
})

test('what goes on failing is passed over, and the next occurrence runs', async () => {
  const ran: string[] = []
  const { lives, said } = await aBot(
    telling(async ({ scheduled }, { now }) => {
      ran.push(clock(now))
      if (String(scheduled).startsWith('2027-03-02')) throw new Error('a mistake of ours')
    }),
  )
  await lives(48 * 60)
  expect(ran).toEqual(['08:00', '08:01', '08:03', '08:07', '08:15', '08:00'])
  expect(said.at(-1)).toBe('failed, and is passed over')
})

test('a full disk is waited for however long it lasts: nothing is passed over, and each occurrence runs', async () => {
  const tried: string[] = []
  const done: string[] = []
  const disk: { isFull: boolean } = { isFull: true }
  const write = (name: string, now: Temporal.Instant): void => {
    tried.push(`${name} ${clock(now)}`)
    const code = engine() === 'postgres' ? '53100' : 'SQLITE_FULL'
    if (disk.isFull) throw Object.assign(new Error('no room'), { code })
    done.push(name)
  }
  const { elsewhere, lives, said } = await aBot({
    ...telling(async (_, { now }) => write('job', now)),
    alarms: { 'probe.ring': async (_, { now }) => write('alarm', now) },
  })
  const at = Temporal.Instant.from('2027-03-02T07:30:00Z')
  await elsewhere.transaction(tx => alarmsIn(tx).set({ name: 'probe.ring', key: 'alarm', at, about: '' }))
  await lives(8 * 60 + 55)
  expect(tried.filter(each => each.startsWith('job'))).toEqual(
    ['08:00', '08:01', '08:03', '08:07', '08:15', '08:23', '08:31', '08:39', '08:47', '08:55'].map(at => `job ${at}`),
  )
  expect(done).toEqual([])
  expect(new Set(said)).toEqual(new Set(['failed, and will be tried again']))

  disk.isFull = false
  await lives(8)
  expect(new Set(done)).toEqual(new Set(['alarm', 'job']))
  expect(done).toHaveLength(2)
})

test('the time of a full disk does not count against what then fails of itself', async () => {
  const failures = [...Array(20).fill('SQLITE_FULL'), ...Array(4).fill('ERR_OF_OURS')]
  const ran: string[] = []
  const { lives, said } = await aBot(
    telling(async (_, { now }) => {
      const code = failures.shift()
      if (code) throw Object.assign(new Error('it fails'), { code })
      ran.push(clock(now))
    }),
  )
  await lives(12 * 60)
  expect(ran).toHaveLength(1)
  expect(said).not.toContain('failed, and is passed over')
})

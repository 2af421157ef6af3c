import { onTestFinished } from 'vitest'
import type { Feature, Tx } from '#src/core/feature.ts'
import { features } from '#src/features/index.ts'
import { assemble, type Bot } from '#src/main.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { addMember } from '#src/storage/members.ts'
import { programme, saveSetting } from '#src/storage/settings.ts'
import { strict } from '#test/support/community.ts'
import { freshDatabase } from '#test/support/database.ts'
import { demonstration } from '#test/support/demonstration.ts'
import { type Deed, habits, RINGS_AFTER } from './model.ts'

export interface WatchedOptions {
  /** The zone and the patron feast of the programme. */
  home: string
  feast: string
  /** Where members live. */
  zones: readonly string[]
  /** Whether the jobs are only noted, and not run. */
  noted?: true
}
/** A bot without platforms, whose jobs and alarms write down that they ran; its clock is moved by hand. */
export interface Watched {
  store: Store
  /** Lets the bot do what is due at a moment, in epoch milliseconds. */
  wakes(now: number): Promise<void>
  /** The process ends, and another begins. */
  restarts(): void
  deeds: Deed[]
}

export async function watched(options: WatchedOptions, start: number): Promise<Watched> {
  const store = await openStore(await freshDatabase())
  onTestFinished(() => store.close())
  let now = Temporal.Instant.fromEpochMilliseconds(start)
  await store.transaction(tx => settle(tx, options, now))
  const deeds: Deed[] = []
  const seen = [...features, probe].map(feature => noting(feature, deeds, options.noted ?? false))
  const begin = (): Bot => assemble({ store, features: seen, platforms: [], workers: {}, now: () => now, log: strict })
  let bot = begin()
  return {
    store,
    deeds,
    restarts: () => {
      bot = begin()
    },
    wakes: async at => {
      now = Temporal.Instant.fromEpochMilliseconds(at)
      while (await bot.beat());
    },
  }
}

async function settle(tx: Tx, { home, feast, zones }: WatchedOptions, now: Temporal.Instant): Promise<void> {
  await demonstration(tx, now)
  await saveSetting(tx, 'programme', { ...(await programme(tx)), timezone: home, feast })
  for (const timezone of zones)
    await addMember(tx, { person: null, name: timezone, locale: 'it', timezone, organization: null }, now)
}

const jobOf = (id: string): NonNullable<Feature['jobs']>[string] => {
  const { missed, per, time } = habits[`probe.${id}`]!
  const rule = `FREQ=WEEKLY;BYDAY=SU;BYHOUR=${time[0]};BYMINUTE=${time[1]}`
  return {
    rule,
    missed,
    per,
    run: async ({ scheduled, zone }, { alarms }) => {
      if (id !== 'each' || zone !== 'Europe/Rome') return
      const at = scheduled.add({ milliseconds: RINGS_AFTER })
      const key = `probe:${at.epochMilliseconds}`
      await alarms.set({ name: 'probe.ring', key, at, about: key })
    },
  }
}
const probe: Feature = {
  name: 'probe',
  jobs: { each: jobOf('each'), latest: jobOf('latest') },
  alarms: { 'probe.ring': async () => {} },
}

function noting(feature: Feature, deeds: Deed[], only: boolean): Feature {
  const jobs = Object.entries(feature.jobs ?? {}).map(([id, job]) => [
    id,
    {
      ...job,
      run: async ({ scheduled, zone, late, last }, world) => {
        const now = world.now.epochMilliseconds
        deeds.push({ job: `${feature.name}.${id}`, zone, scheduled: scheduled.epochMilliseconds, late, last, now })
        if (!only || feature === probe) await job.run({ scheduled, zone, late, last }, world)
      },
    } satisfies typeof job,
  ])
  if (feature !== probe) return { ...feature, jobs: Object.fromEntries(jobs) }
  const ring: NonNullable<Feature['alarms']>[string] = async (alarm, { now }) =>
    void deeds.push({ alarm, now: now.epochMilliseconds })
  return { ...feature, jobs: Object.fromEntries(jobs), alarms: { 'probe.ring': ring } }
}

import { onTestFinished } from 'vitest'
import type { Feature } from '#src/core/feature.ts'
import { type Interaction, type Member, silence } from '#src/core/interaction.ts'
import { Busy, type Limits } from '#src/core/platform.ts'
import { fanOutIds } from '#src/delivery/fan-outs/store.ts'
import { assemble, type Bot } from '#src/main.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { engine } from '#src/storage/engine.ts'
import { newId } from '#src/storage/ids.ts'
import { freshDatabase } from './database.ts'
import { type Arrived, aPlace, type Office, postOffice, START, saying } from './post-office.ts'

/** One a second. */
const limits: Limits = { account: { perMinute: 60, burst: 3 }, parallel: 4 }

/** Tells so many places something when somebody says how many; with the same and a minus takes it back. */
const herald: Feature = {
  name: 'herald',
  said: async ({ text }, { outbox }) => {
    const count = Math.abs(Number(text))
    for (let n = 0; n < count; n += 1) {
      const key = `herald:${n}`
      if (Number(text) < 0) await outbox.recall(key)
      else await outbox.enqueue({ to: aPlace(`p${n}`), message: saying(`${n}`), key })
    }
    return silence
  },
}

export interface Scene {
  bots: Bot[]
  /** Ends every process, and starts as many anew. */
  restart(): void
  /** So many seconds go by, in each of which every process does what is due. */
  pass(seconds: number): Promise<void>
  does(what: { text: string } | { action: string; by?: Member }): Promise<void>
  /** What is in the places. */
  posts(): Arrived[]
  /** What was shown to whoever started it: one message, with all its states. */
  shown(): string[]
  other: Member
  office: Office
  disk: Disk
}
interface Disk {
  isFull: boolean
}

/** A database that has no room to write down that a fan-out is over. */
const cramped = (store: Store, disk: Disk): Store => ({
  ...store,
  transaction: (work, manner) =>
    store.transaction(async tx => {
      const before = await fanOutIds(tx)
      const result = await work(tx)
      const code = engine() === 'postgres' ? '53100' : 'SQLITE_FULL'
      if (disk.isFull && (await fanOutIds(tx)).length < before.length)
        throw Object.assign(new Error('no room'), { code })
      return result
    }, manner),
})

/** Bots at work on one long fan-out, on a database of their own and a clock that the test moves. */
export async function scene(locale: string, processes = 1): Promise<Scene> {
  const disk = { isFull: false }
  const store = cramped(await openStore(await freshDatabase('fan-outs')), disk)
  onTestFinished(() => store.close())
  const time = { now: START }
  const office = postOffice(
    () => time.now,
    limits,
    () => new Busy(1),
  )
  const started = (): Bot[] =>
    Array.from({ length: processes }, () => botOn(store, office.platform, time, processes > 1))
  const scene = { bots: started() }
  const person = (account: string) =>
    scene.bots[0]!.intake.member({ platform: 'slack', workspace: 'T1', account, name: account, locale })
  const starter = await person('U1')
  const other = await person('U2')
  const mine = (): Arrived[] => office.arrived.filter(({ place }) => place === 'D-U1')
  let event = ''
  const happen = async (interaction: Interaction): Promise<void> => {
    await scene.bots[0]!.intake.accept(interaction)
    await scene.bots[0]!.intake.handle(interaction.id)
  }
  return {
    ...scene,
    other,
    office,
    disk,
    restart: () => void scene.bots.splice(0, scene.bots.length, ...started()),
    pass: async seconds => {
      for (let second = 0; second < seconds; second += 1) {
        for (const bot of scene.bots) await bot.settle()
        time.now += 1000
      }
    },
    does: async what => {
      const id = newId()
      const at = Temporal.Instant.fromEpochMilliseconds(time.now)
      const by = 'by' in what && what.by ? what.by : starter
      const place = { ...aPlace(`D-${by.name}`), direct: true }
      if ('text' in what && !what.text.startsWith('-')) event = id
      await happen(
        'text' in what
          ? { kind: 'said', id, at, member: by, place: aPlace('square'), text: what.text }
          : { kind: 'choice', id, at, member: by, place, action: what.action, value: event, on: `fan-out:${event}` },
      )
    },
    posts: () => office.arrived.filter(({ place }) => place.startsWith('p')),
    shown: () => mine().flatMap(({ text, edits }) => [text, ...edits]),
  }
}

function botOn(
  store: Store,
  platform: ReturnType<typeof postOffice>['platform'],
  time: { now: number },
  shared: boolean,
) {
  const now = (): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(time.now)
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  return assemble({ store, features: [herald], platforms: [platform], workers: {}, now, log, shared })
}

import { expect, onTestFinished, test } from 'vitest'
import type { Feature } from '#src/core/feature.ts'
import { type Interaction, type Member, silence } from '#src/core/interaction.ts'
import { Busy, type Limits } from '#src/core/platform.ts'
import { assemble, type Bot } from '#src/main.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { freshDatabase } from '#test/support/database.ts'
import { type Arrived, aPlace, type Office, postOffice, START, saying } from '#test/support/post-office.ts'

const PLACES = 40
/** One a second. */
const limits: Limits = { account: { perMinute: 60, burst: 3 }, parallel: 4 }

/** Tells so many places something when somebody says how many. */
const herald: Feature = {
  name: 'herald',
  said: async ({ text, id }, { outbox }) => {
    for (let n = 0; n < Number(text); n += 1)
      await outbox.enqueue({ to: aPlace(`p${n}`), message: saying(`${n}`), key: `${id}:${n}` })
    return silence
  },
}

interface Scene {
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
}

async function scene(locale: string, processes = 1): Promise<Scene> {
  const store = await openStore(await freshDatabase('fan-outs'))
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
      if ('text' in what) event = id
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

test.each([
  [
    'it',
    'Sto consegnando i tuoi messaggi: 1 su 40.',
    "L'invio è fermo: ho consegnato ",
    'Fatto: ho consegnato tutti i 40 messaggi.',
  ],
  [
    'en',
    'I am delivering your messages: 1 of 40.',
    'Delivery is stopped: ',
    'Done: all 40 messages have been delivered.',
  ],
])(
  'whoever starts a long fan-out sees how it goes, stops it and lets it go on (%s)',
  async (locale, first, stopped, over) => {
    const { does, pass, posts, shown, restart } = await scene(locale)
    await does({ text: `${PLACES}` })
    await pass(10)
    expect(shown().length).toBeGreaterThan(2)

    await does({ action: 'delivery.stop' })
    await pass(5)
    const gone = posts().length
    expect(gone).toBeGreaterThan(3)
    expect(gone).toBeLessThan(PLACES / 2)
    expect(shown().at(-1)).toContain(stopped)
    expect(shown().at(-1)).toContain(` ${gone} `)

    restart()
    await pass(60)
    expect(posts()).toHaveLength(gone)

    await does({ action: 'delivery.resume' })
    await pass(120)
    expect(posts()).toHaveLength(PLACES)
    expect(new Set(posts().map(({ place }) => place))).toEqual(
      new Set(Array.from({ length: PLACES }, (_, n) => `p${n}`)),
    )
    expect(posts().every(({ edits }) => edits.length === 0)).toBe(true)
    expect(shown().at(-1)).toBe(over)
    expect(shown()[0]).toMatch(new RegExp(first.replace('1', '\\d+')))
    expect(shown().length).toBeLessThan(PLACES)
  },
)

test('two processes stop together, and nobody but whoever started it can stop it', async () => {
  const { does, pass, posts, shown, other } = await scene('it', 2)
  await does({ text: `${PLACES}` })
  await pass(5)
  await does({ action: 'delivery.stop', by: other })
  await pass(5)
  const before = posts().length
  await does({ action: 'delivery.stop' })
  await pass(30)
  expect(posts().length - before).toBeLessThan(3)
  await does({ action: 'delivery.resume' })
  await pass(150)
  expect(new Set(posts().map(({ place }) => place)).size).toBe(PLACES)
  expect(posts()).toHaveLength(PLACES)
  expect(shown().at(-1)).toBe('Fatto: ho consegnato tutti i 40 messaggi.')
})

test('what its platform refuses after the stop waits with the others', async () => {
  const { does, pass, posts, office } = await scene('it')
  const refused: string[] = []
  office.whim = async (_, { to }) => {
    if (to.id !== 'p11' || refused.length > 0) return 'takes'
    refused.push(to.id)
    await does({ action: 'delivery.stop' })
    return 'busy'
  }
  await does({ text: `${PLACES}` })
  await pass(60)
  expect(refused).toEqual(['p11'])
  expect(posts().map(({ place }) => place)).not.toContain('p11')

  await does({ action: 'delivery.resume' })
  await pass(150)
  expect(posts().filter(({ place }) => place === 'p11')).toHaveLength(1)
  expect(posts()).toHaveLength(PLACES)
})

test('of a short one nothing is said', async () => {
  const { does, pass, posts, shown } = await scene('it')
  await does({ text: '20' })
  await pass(60)
  expect(posts()).toHaveLength(20)
  expect(shown()).toEqual([])
})

import { expect, test } from 'vitest'
import { scene } from '#test/support/fan-outs.ts'

const PLACES = 40

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

test('an end that could not be written down is told when there is room again', async () => {
  const { does, pass, posts, shown, disk } = await scene('it')
  disk.isFull = true
  await does({ text: `${PLACES}` })
  await expect(pass(150)).rejects.toThrow('no room')
  await expect(pass(5)).rejects.toThrow('no room')
  expect(posts()).toHaveLength(PLACES)
  expect(shown().at(-1)).not.toContain('Fatto')

  disk.isFull = false
  await pass(5)
  expect(shown().at(-1)).toBe('Fatto: ho consegnato tutti i 40 messaggi.')
})

test('of a short one nothing is said', async () => {
  const { does, pass, posts, shown } = await scene('it')
  await does({ text: '20' })
  await pass(60)
  expect(posts()).toHaveLength(20)
  expect(shown()).toEqual([])
})

test.each([
  ['before any of it went out', 0, "Non c'è più niente da consegnare."],
  ['when some of it is out', 5, /^Fatto: ho consegnato tutti i \d messaggi\.$/],
])('what is taken back %s is not counted, and it is over', async (_, seconds, over) => {
  const { does, pass, posts, shown } = await scene('it')
  await does({ text: `${PLACES}` })
  await pass(seconds)
  const out = posts().length
  await does({ text: `-${PLACES}` })
  await pass(65)
  expect(posts().length).toBeLessThanOrEqual(out + 1)
  expect(shown().at(-1)).toMatch(over)
  expect(shown().at(-1)).not.toContain('su 40')
})

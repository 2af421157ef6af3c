import { expect, test, vi } from 'vitest'
import { type Answer, aMessage, aSealed, patience, ROOM, streaming } from '#test/support/matrix/streaming.ts'

const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
const busy = { status: 429, body: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1 } }
const forbidden = { status: 403, body: { errcode: 'M_FORBIDDEN' } }
const proxys = { status: 404, body: 'nothing here' }
const [minute, hour] = [60_000, 3_600_000]
const soon = () => vi.advanceTimersByTimeAsync(100)

test('while the database is unable what comes waits, for as long as it takes, and nothing goes by', async () => {
  patience()
  const disk: { fails?: Error | undefined } = { fails: full }
  const { stream, heard, errors, comes } = streaming({
    writes: ({ id }) => {
      if (disk.fails && id === '$1') throw new Error('Failed query', { cause: disk.fails })
    },
  })
  comes(aMessage('$1'))
  comes(aMessage('$2'))
  await vi.advanceTimersByTimeAsync(2 * hour)
  expect(heard).toEqual([])
  expect(stream.settled()).toBe(false)
  disk.fails = undefined
  await vi.advanceTimersByTimeAsync(30_000)
  expect(heard).toEqual(['$1', '$2'])
  expect(errors).toEqual([])
  expect(stream.settled()).toBe(true)
})

test('what fails by our own mistake is given up in the end, and what is behind it is heard', async () => {
  patience()
  const { stream, heard, errors, comes } = streaming({
    writes: ({ id }) => {
      if (id === '$1') throw new TypeError('a mistake')
    },
  })
  comes(aMessage('$1'))
  comes(aMessage('$2'))
  await vi.advanceTimersByTimeAsync(2 * minute)
  expect(heard).toEqual(['$2'])
  expect(errors).toEqual(['an event could not be taken in'])
  expect(stream.settled()).toBe(true)
})

test('a bot that stops does not wait for the disk, nor take what comes behind', async () => {
  const { stream, heard, comes } = streaming({
    writes: ({ id }) => {
      if (id === '$1') throw full
    },
  })
  comes(aMessage('$1'))
  comes(aMessage('$2'))
  await expect.poll(() => stream.settled()).toBe(false)
  await stream.stop()
  expect(heard).toEqual([])
  expect(stream.settled()).toBe(false)
})

test('what comes is heard when its sync is whole: until then the room it was said in may not be known', async () => {
  patience()
  const { stream, heard, comes, whole } = streaming()
  comes(aMessage('$1'), { alone: false })
  comes(aMessage('$2'), { alone: false })
  await soon()
  expect(heard).toEqual([])
  expect(stream.settled()).toBe(false)
  whole()
  await soon()
  expect(heard).toEqual(['$1', '$2'])
})

test('a bot that stops does not wait for the rest of a sync', async () => {
  const { stream, heard, comes } = streaming()
  comes(aMessage('$1'), { alone: false })
  await stream.stop()
  expect(heard).toEqual([])
  expect(stream.settled()).toBe(false)
})

const page = (...ids: string[]) => ({ status: 200, body: { start: 'b', chunk: ids.map(id => aMessage(id)) } })

test.each([
  ['does not answer', new TypeError('fetch failed')],
  ['is being restarted', { status: 502, body: 'bad gateway' }],
  ['has no time', busy],
  ['is not where the proxy looks for it', proxys],
])('a gap waits for a homeserver that %s', async (_, trouble) => {
  patience()
  const homeserver: { says: Answer } = { says: trouble }
  const { heard, errors, comes, gap } = streaming({
    answers: () => homeserver.says,
  })
  comes(aMessage('$1'))
  gap()
  comes(aMessage('$4'))
  await vi.advanceTimersByTimeAsync(hour)
  expect(heard).toEqual(['$1'])
  homeserver.says = page('$3', '$2', '$1')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(heard).toEqual(['$1', '$2', '$3', '$4'])
  expect(errors).toEqual([])
})

test('a gap that the homeserver will not show is let be at once', async () => {
  patience()
  const { stream, heard, comes, gap } = streaming({ answers: () => forbidden })
  comes(aMessage('$1'))
  gap()
  comes(aMessage('$2'))
  await soon()
  expect(heard).toEqual(['$1', '$2'])
  expect(stream.settled()).toBe(true)
})

test('one mistake in a gap takes nothing else of the gap with it', async () => {
  patience()
  const { heard, comes, gap } = streaming({
    answers: () => page('$3', '$2', '$1'),
    writes: ({ id }) => {
      if (id === '$2') throw new TypeError('a mistake')
    },
  })
  comes(aMessage('$1'))
  gap()
  await vi.advanceTimersByTimeAsync(2 * minute)
  expect(heard).toEqual(['$1', '$3'])
})

test('a bot that stops does not wait for a homeserver that hangs', async () => {
  const { stream, asked, comes, gap } = streaming({ answers: () => 'hangs' })
  comes(aMessage('$1'))
  gap()
  await expect.poll(() => asked.length).toBe(1)
  await stream.stop()
  expect(stream.settled()).toBe(false)
})

const owing = (...ids: string[]) => new Map([['owed', ids.map(id => ({ id, room: ROOM, at: Date.now() }))]])

test('what had no key yet is asked for after a restart until the homeserver answers', async () => {
  patience()
  const homeserver: { says: Answer } = { says: new TypeError('fetch failed') }
  const { stream, heard, kept } = streaming({
    kept: owing('$old'),
    answers: () => homeserver.says,
  })
  await stream.resume()
  await vi.advanceTimersByTimeAsync(10 * minute)
  expect(kept).toEqual(new Map([['owed', [expect.objectContaining({ id: '$old' })]]]))
  homeserver.says = { status: 200, body: aMessage('$old') }
  await vi.advanceTimersByTimeAsync(30_000)
  expect(heard).toEqual(['$old'])
  expect(kept.get('owed')).toEqual([])
})

test('what comes without its key after a restart is added to what had none before', async () => {
  patience()
  const { stream, heard, kept, comes, opens, locked } = streaming({
    kept: owing('$old'),
    answers: () => ({ status: 200, body: aSealed('$old') }),
  })
  locked.add('$old')
  const fresh = comes(aSealed('$fresh'))
  await soon()
  expect(kept.get('owed')).toEqual([
    expect.objectContaining({ id: '$old' }),
    expect.objectContaining({ id: '$fresh', room: ROOM }),
  ])
  await stream.resume()
  await opens(fresh)
  await soon()
  expect(heard).toEqual(['$fresh'])
  expect(kept.get('owed')).toEqual([expect.objectContaining({ id: '$old' })])
})

test('what the homeserver says is gone is not asked for again', async () => {
  patience()
  const { stream, heard, asked, kept } = streaming({ kept: owing('$gone'), answers: () => forbidden })
  await stream.resume()
  await soon()
  expect([heard, asked.length, kept.get('owed')]).toEqual([[], 1, []])
})

test('what is owed is written down though the disk is full for a moment', async () => {
  patience()
  const amiss: { memory?: Error | undefined } = {}
  const { stream, kept, comes } = streaming({ amiss })
  await soon()
  amiss.memory = full
  comes(aSealed('$sealed'))
  await vi.advanceTimersByTimeAsync(minute)
  expect(stream.settled()).toBe(false)
  amiss.memory = undefined
  await vi.advanceTimersByTimeAsync(30_000)
  expect(kept.get('owed')).toEqual([expect.objectContaining({ id: '$sealed' })])
  expect(stream.settled()).toBe(true)
})

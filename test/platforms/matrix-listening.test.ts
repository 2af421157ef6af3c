import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unhurried } from '#src/platforms/matrix/sdk/listening.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const V3 = 'https://example.org/_matrix/client/v3'

/** A client whose messages are answered when we say so. */
function aClient() {
  const asked: string[] = []
  const answers: (() => void)[] = []
  const ask = unhurried(async resource => {
    asked.push(String(resource).slice(V3.length))
    if (String(resource).includes('/send/')) await new Promise<void>(resolve => answers.push(resolve))
    return new Response('{}')
  })
  const say = (room: number) => ask(`${V3}/rooms/!${room}:example.org/send/m.room.message/t${room}`, { method: 'PUT' })
  const listen = (signal?: AbortSignal) => ask(new URL(`${V3}/sync?timeout=30000`), signal ? { signal } : {})
  return { asked, say, listen, answer: () => answers.shift()?.() }
}

test('who writes to a few rooms listens at once; to many, a moment later', async () => {
  const { asked, say, listen, answer } = aClient()
  const said = [1, 2, 3].map(say)
  await listen()
  expect(asked.at(-1)).toBe('/sync?timeout=30000')

  said.push(say(4))
  const heard = listen()
  await vi.advanceTimersByTimeAsync(299)
  expect(asked.filter(each => each.startsWith('/sync'))).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  await heard
  expect(asked.filter(each => each.startsWith('/sync'))).toHaveLength(2)

  answer()
  await said[0]
  await listen()
  expect(asked.filter(each => each.startsWith('/sync'))).toHaveLength(3)
})

test('whoever stops meanwhile is not kept waiting', async () => {
  const { asked, say, listen } = aClient()
  for (const room of [1, 2, 3, 4]) void say(room)
  const stopping = new AbortController()
  const heard = listen(stopping.signal)
  stopping.abort()
  await expect(heard).rejects.toMatchObject({ name: 'AbortError' })
  expect(asked.some(each => each.startsWith('/sync'))).toBe(false)
})

import { expect, test } from 'vitest'
import { readiness } from '#src/cli/readiness.ts'
import { type Step, stopAll } from '#src/cli/shutdown.ts'
import { health, type Readiness } from '#src/http/health.ts'

const well: Readiness = {
  database: 'up',
  platforms: { slack: 'up', web: 'up' },
  outbox: { waiting: 0, age: 0, attempts: 0 },
}
const asked = async (path: string, found: Readiness, method = 'GET') => {
  const answer = await health(async () => found)(new Request(`http://127.0.0.1:8080${path}`, { method }))
  return answer && { status: answer.status, body: await answer.json() }
}

test('alive is alive, whatever else is down', async () => {
  expect(await asked('/healthz', { ...well, database: 'down' })).toEqual({ status: 200, body: { status: 'up' } })
})

test.each([
  ['all is well', {}, 200],
  ['the database does not answer', { database: 'down' as const }, 503],
  ['one platform is down', { platforms: { slack: 'up' as const, matrix: 'down' as const } }, 503],
  ['there is no platform', { platforms: {} }, 200],
  ['messages wait their turn', { outbox: { waiting: 80, age: 60, attempts: 2 } }, 200],
  ['a message should have been out for a quarter of an hour', { outbox: { waiting: 1, age: 900, attempts: 1 } }, 503],
  ['a message is tried again and again', { outbox: { waiting: 1, age: 5, attempts: 10 } }, 503],
])('ready when %s', async (_, change, status) => {
  const found = await asked('/readyz', { ...well, ...change })
  expect(found).toEqual({ status, body: { status: status === 200 ? 'ready' : 'waiting', ...well, ...change } })
})

test('other paths and methods are somebody else’s', async () => {
  expect(await asked('/', well)).toBeUndefined()
  expect(await asked('/healthz', well, 'POST')).toBeUndefined()
})

test('a database that fails is down, and a platform that does not say is up', async () => {
  const store = { read: () => Promise.reject(new Error('gone')), takes: async () => true }
  const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
  const platforms = [{ name: 'slack' as const, up: () => false }, { name: 'web' as const }]
  expect(await readiness(store, platforms, now)).toEqual({
    database: 'down',
    platforms: { slack: 'down', web: 'up' },
    outbox: { waiting: 0, age: 0, attempts: 0 },
  })
})

test('everything is stopped in order; what hangs or fails is told, and the rest is stopped all the same', async () => {
  const stopped: string[] = []
  const told: object[] = []
  const log = { info: () => {}, warn: () => {}, error: (fields: object) => void told.push(fields) }
  const failure = new Error('no')
  const steps: Step[] = [
    ['server', () => void stopped.push('server')],
    ['slack', () => Promise.reject(failure)],
    ['matrix', () => new Promise(() => {})],
    ['database', () => void stopped.push('database')],
  ]
  const started = performance.now()
  expect(await stopAll(steps, log, 200)).toBe(false)
  expect(performance.now() - started).toBeLessThan(2000)
  expect(stopped).toEqual(['server', 'database'])
  expect(told).toEqual([{ part: 'slack', error: failure }, { part: 'matrix' }])
  expect(await stopAll(steps.slice(0, 1), log)).toBe(true)
})

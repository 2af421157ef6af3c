import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { freshDatabase } from '#test/support/database.ts'

const EVENTS = 200
const program = join(import.meta.dirname, '../support/postgres/process.ts')

interface Told {
  posted?: string
  done?: string
}

test('three processes bring the same events: each is answered once, and its errand, its alarm and every job run once', async () => {
  const address = await freshDatabase()
  const posted: string[] = []
  const processes = [1, 2, 3].map(() => {
    const child = fork(program, [address, `${EVENTS}`], { env: { ...process.env, DATABASE_URL: address } })
    const arrived = new Promise<void>((resolve, reject) => {
      child.on('message', ({ posted: key, done }: Told) => {
        if (key) posted.push(key)
        if (done) resolve()
      })
      child.once('exit', code => reject(new Error(`a process ended with ${code}`)))
    })
    return { child, arrived, ended: once(child, 'exit') }
  })
  await Promise.all(processes.map(({ arrived }) => arrived))
  for (const { child } of processes) child.send('three days later')
  for (const [code] of await Promise.all(processes.map(({ ended }) => ended))) expect(code).toBe(0)

  const database = postgres(address, { max: 1, fetch_types: false })
  const counters = await database`select series, last from counters`
  const left = await database`select count(*) as n from outbox where status <> 'sent'`
  await database.end()
  const of = (kind: string): number[] =>
    counters.filter(({ series }) => String(series).startsWith(`${kind} `)).map(({ last }) => Number(last))
  for (const kind of ['event', 'errand', 'alarm']) expect([kind, of(kind)]).toEqual([kind, Array(EVENTS).fill(1)])
  expect(of('job')).toEqual([1, 1, 1])
  expect(posted).toHaveLength(EVENTS)
  expect(new Set(posted)).toEqual(new Set(Array.from({ length: EVENTS }, (_, n) => `answer e${n}`)))
  expect(Number(left[0]?.n)).toBe(0)
})

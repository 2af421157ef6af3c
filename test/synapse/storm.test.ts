import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '#src/storage/database.ts'
import { born } from '#test/support/matrix/born.ts'
import { matrixWorld } from '#test/support/matrix/world.ts'

/** So many commands wait for their answers at most. */
const AT_ONCE = 6
const KILLS = Number(process.env.KILLS ?? 20)

test(`killed ${KILLS} times at random moments, it answers each command once, and all of it can be read`, async () => {
  const world = await matrixWorld({ encrypted: true })
  // The kit is applied and the rooms are entered once in peace.
  const first = born(world.settings)
  await first.up
  const store = await openStore(world.settings.db)
  const reuser = await world.as('reuser', store)
  await store.close()
  await reuser.tells('aiuto')
  let life = first
  onTestFinished(() => void life.child.kill('SIGKILL'))
  const numberOf = (count: number): string => `R-2027-${String(1000 + count)}`
  let said = 0
  const answered = (): number => new Set(reuser.seen().flatMap(({ body }) => /R-2027-1\d{3}/.exec(body) ?? [])).size
  const over = new AbortController()
  const talking = (async () => {
    while (!over.signal.aborted) {
      said += 1
      const where = said % 3 === 0 ? { in: world.room('suape') } : {}
      await reuser.says(`!oc richiesta ${numberOf(said)}`, where)
      await wait(100 + Math.random() * 600)
      // On a slow machine she waits for some of the answers, as anybody would.
      while (said - answered() > AT_ONCE) await wait(100)
    }
  })()
  for (let kill = 0; kill < KILLS; kill += 1) {
    // One in three dies while it starts.
    if (kill % 3 !== 0) await life.up
    await wait(Math.random() * 2500)
    life.child.kill('SIGKILL')
    await life.dead
    life = born(world.settings)
  }
  over.abort()
  await talking
  await life.up

  const answers = (count: number) => reuser.seen().filter(({ body }) => body.includes(numberOf(count)))
  const numbers = Array.from({ length: said }, (_, at) => at + 1)
  await expect
    .poll(() => numbers.filter(count => answers(count).length === 0).length, { timeout: 120_000, interval: 500 })
    .toBe(0)
  await wait(3000)
  const odd = numbers.map(answers).filter(({ length }) => length !== 1)
  expect(odd.flat().map(({ id, room, body }) => ({ id, room, body }))).toEqual([])
  expect(reuser.seen().filter(({ unreadable }) => unreadable)).toEqual([])
  console.log(`${said} commands over ${KILLS} kills`)
}, 900_000)

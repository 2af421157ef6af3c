import { expect, onTestFinished, test } from 'vitest'
import { openPulse } from '#src/cli/live.ts'
import { Disconnected } from '#src/storage/failures.ts'

test('the log says once that the database does not answer, and once that it does again', async () => {
  const said: string[] = []
  const log = {
    info: (_: object, what: string) => void said.push(what),
    warn: () => {},
    error: (_: object, what: string) => void said.push(what),
  }
  const wrong: Error[] = [new Disconnected('lost')]
  let asked = 0
  const nextDue = async (): Promise<undefined> => {
    asked += 1
    for (const error of wrong) throw error
  }
  const pulse = openPulse({ log, now: () => Temporal.Now.instant() })
  onTestFinished(pulse.stop)
  pulse.drive({ tasks: [{ work: async () => false }], nextDue, halt: async () => {}, isRelay: () => false })
  for (const wanted of [1, 2, 3]) {
    pulse.wake()
    await expect.poll(() => asked).toBeGreaterThanOrEqual(wanted)
  }
  expect(said).toEqual(['the database does not answer: what comes in has to wait'])

  wrong.pop()
  pulse.wake()
  await pulse.idle()
  expect(said).toEqual(['the database does not answer: what comes in has to wait', 'the database answers again'])
})

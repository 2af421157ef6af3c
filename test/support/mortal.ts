// A rehearsal that dies. Plays the lines of a script on a database, from standard input, and kills its own process, as nothing can
// be caught or cleaned up after, at the step it is told: after a commit, or after a message reached its platform.

import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { openStage } from '#src/cli/stage.ts'
import { play } from '#src/platforms/console/rehearsal.ts'
import { demonstration } from './demonstration.ts'

const [db = '', dieAt = '0'] = process.argv.slice(2)
let steps = 0
const step = (): void => {
  steps += 1
  if (steps === Number(dieAt)) process.kill(process.pid, 'SIGKILL')
}
const out = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)
const { stage, bot } = await openStage({
  db,
  prepare: demonstration,
  at: Temporal.Instant.from('2027-01-11T09:00:00Z'),
  asks: 'form',
  log: { info: () => {}, warn: () => {}, error: (fields, what) => writeSync(2, `${what} ${JSON.stringify(fields)}\n`) },
  show: out,
  out,
  watch: { wrote: step, sent: step },
})
let count = 0
for await (const line of createInterface({ input: process.stdin })) {
  count += 1
  const wrong = await play(line, stage)
  out(wrong === undefined ? { ok: count } : { error: wrong.key, line: count })
}
out({ steps })
await bot.stop()

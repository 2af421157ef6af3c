// The year once more, in a process of its own: lines from standard input, on a new file, whatever the tests run on.
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { openStage } from '#src/cli/stage.ts'
import { play } from '#src/platforms/console/rehearsal.ts'
import { fixture } from '#test/support/publiccode/reading.ts'
import { smallUmbria } from './kit.ts'

const out = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)
const { stage, bot } = await openStage({
  prepare: smallUmbria(process.argv[2] ?? 'it'),
  at: Temporal.Instant.from('2027-01-11T09:00:00Z'),
  asks: 'form',
  log: { info: () => {}, warn: () => {}, error: (fields, what) => writeSync(2, `${what} ${JSON.stringify(fields)}\n`) },
  workers: { fetch: async () => ({ ok: true, text: fixture('faults'), address: 'https://git.example.org' }) },
  show: out,
  out,
})
for await (const line of createInterface({ input: process.stdin })) {
  const wrong = await play(line, stage)
  if (wrong) writeSync(2, `${JSON.stringify(wrong)} (${line})\n`)
}
await bot.stop()

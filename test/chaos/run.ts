// Lets everything go wrong while the bot posts, and compares what the servers hold with what was asked. The same seed goes wrong
// in the same way again: `npm run chaos -- --seed 42`; `--help` tells the rest.
import { z } from 'zod'
import { openGround } from './ground.ts'
import { optionsIn, USAGE } from './options.ts'
import { type Outcome, trial } from './trial.ts'

const counts = ({ lost, twice, outOfOrder }: Pick<Outcome, 'lost' | 'twice' | 'outOfOrder'>): string =>
  `lost ${lost.length}, twice ${twice.length}, out of order ${outOfOrder.length}`
const named = (name: string, all: readonly string[]): string[] =>
  all.length > 0 ? [`  ${name}: ${all.slice(0, 20).join(', ')}`] : []

function tell(seed: number, outcome: Outcome): void {
  const { lost, twice, outOfOrder, lives, seconds } = outcome
  const faults = Object.entries(outcome.faults).map(([name, count]) => `${name} ${count}`)
  console.log(`seed ${seed}: ${counts(outcome)}; ${lives} lives, ${faults.join(', ')}; ${seconds.toFixed(0)} s`)
  for (const line of [named('lost', lost), named('twice', twice), named('out of order', outOfOrder)].flat()) {
    console.log(line)
  }
}

async function run({ seed: first, seeds, ...given }: Given): Promise<void> {
  const options = { ...given, places: 25, people: 10 }
  const outcomes: Outcome[] = []
  const ground = await openGround(given.platforms, given.engine)
  try {
    for (let seed = first; outcomes.length < seeds; seed += 1) {
      const outcome = await trial(seed, options, ground)
      outcomes.push(outcome)
      tell(seed, outcome)
    }
  } finally {
    await ground.close()
  }
  const all = {
    lost: outcomes.flatMap(({ lost }) => lost),
    twice: outcomes.flatMap(({ twice }) => twice),
    outOfOrder: outcomes.flatMap(({ outOfOrder }) => outOfOrder),
  }
  console.log(`${outcomes.length} seeds of ${given.posts} posts: ${counts(all)}`)
  process.exitCode = all.lost.length + all.twice.length + all.outOfOrder.length > 0 ? 1 : 0
}

type Given = NonNullable<ReturnType<typeof optionsIn>>
function asked(): Given | undefined {
  try {
    return optionsIn(process.argv.slice(2))
  } catch (error) {
    console.error(error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message)
    process.exitCode = 2
    return undefined
  }
}

const given = asked()
if (given) await run(given)
else console.error(`\n${USAGE}`)

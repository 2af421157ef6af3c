// Lets everything go wrong while the bot posts, and compares what the servers hold with what was asked:
// `npm run chaos -- --seed 42 [--seeds 20] [--posts 1000]`. The same seed goes wrong in the same way again.
import { parseArgs } from 'node:util'
import { type Outcome, trial } from './trial.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    posts: { type: 'string', default: '1000' },
    forgetful: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
const size = { posts: Number(values.posts), places: 25, people: 10 }

const counts = ({ lost, twice, outOfOrder }: Outcome): string =>
  `lost ${lost.length}, twice ${twice.length}, out of order ${outOfOrder.length}`
const named = (name: string, all: readonly string[]): string[] =>
  all.length > 0 ? [`  ${name}: ${all.slice(0, 20).join(', ')}`] : []

const outcomes: Outcome[] = []
for (let seed = Number(values.seed); outcomes.length < Number(values.seeds); seed += 1) {
  const outcome = await trial({ ...size, seed, forgetful: values.forgetful, verbose: values.verbose })
  outcomes.push(outcome)
  const faults = Object.entries(outcome.faults).map(([name, count]) => `${name} ${count}`)
  console.log(
    `seed ${seed}: ${counts(outcome)}; ${outcome.lives} lives, ${faults.join(', ')}; ${outcome.seconds.toFixed(0)} s`,
  )
  const { lost, twice, outOfOrder } = outcome
  for (const line of [...named('lost', lost), ...named('twice', twice), ...named('out of order', outOfOrder)])
    console.log(line)
}
const all: Outcome = {
  lost: outcomes.flatMap(({ lost }) => lost),
  twice: outcomes.flatMap(({ twice }) => twice),
  outOfOrder: outcomes.flatMap(({ outOfOrder }) => outOfOrder),
  lives: 0,
  faults: {},
  seconds: 0,
}
console.log(`${outcomes.length} seeds of ${size.posts} posts: ${counts(all)}`)
process.exitCode = all.lost.length + all.twice.length + all.outOfOrder.length > 0 ? 1 : 0

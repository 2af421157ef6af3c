// Lets everything go wrong while the bot posts, and compares what the servers hold with what was asked. The same seed goes wrong
// in the same way again: `npm run chaos -- --seed 42 [--seeds 20] [--posts 1000] [--platform slack|matrix|both]
// [--engine sqlite|postgres] [--processes 2]`.
import { parseArgs } from 'node:util'
import { openGround, type PlatformName } from './ground.ts'
import { type Outcome, trial } from './trial.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    posts: { type: 'string', default: '1000' },
    platform: { type: 'string', default: 'slack' },
    engine: { type: 'string', default: 'sqlite' },
    processes: { type: 'string', default: '1' },
    forgetful: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
const platforms: PlatformName[] = (['slack', 'matrix'] as const).filter(each =>
  [each, 'both'].includes(values.platform),
)
const { forgetful, verbose } = values
const size = { posts: Number(values.posts), places: 25, people: 10 }
const options = { ...size, platforms, processes: Number(values.processes), forgetful, verbose }

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

const ground = await openGround(platforms, values.engine === 'postgres' ? 'postgres' : 'sqlite')
const outcomes: Outcome[] = []
try {
  for (let seed = Number(values.seed); outcomes.length < Number(values.seeds); seed += 1) {
    outcomes.push(await trial(seed, options, ground))
    tell(seed, outcomes[outcomes.length - 1] as Outcome)
  }
} finally {
  await ground.close()
}
const all = {
  lost: outcomes.flatMap(({ lost }) => lost),
  twice: outcomes.flatMap(({ twice }) => twice),
  outOfOrder: outcomes.flatMap(({ outOfOrder }) => outOfOrder),
}
console.log(`${outcomes.length} seeds of ${size.posts} posts: ${counts(all)}`)
process.exitCode = all.lost.length + all.twice.length + all.outOfOrder.length > 0 ? 1 : 0

import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { PlatformName } from './ground.ts'

export const USAGE = `npm run chaos -- [--seed 1] [--seeds 1] [--posts 1000] [--platform slack|matrix|both]
  [--engine sqlite|postgres] [--processes 1] [--verbose]

--seed       decides what goes wrong, and when: the same seed goes wrong in the same way again
--seeds      how many, one after the other
--posts      how many are asked for with each
--platform   where: a Slack of our own, a real Synapse, or both at the same time
--engine     the database
--processes  how many bots share the work, on PostgreSQL
--verbose    what the bot logs is printed too
--forgetful  the bot does not look whether something has arrived before it sends it again: there must be something to find
`
const many = (most: number) => z.coerce.number().int().min(1).max(most)
const shape = z
  .object({
    seed: z.coerce.number().int().min(0).default(1),
    seeds: many(10_000).default(1),
    posts: many(100_000).default(1000),
    platform: z.enum(['slack', 'matrix', 'both']).default('slack'),
    engine: z.enum(['sqlite', 'postgres']).default('sqlite'),
    processes: many(8).default(1),
    forgetful: z.boolean().default(false),
    verbose: z.boolean().default(false),
  })
  .refine(({ engine, processes }) => processes === 1 || engine === 'postgres', 'several processes need PostgreSQL')

/** What was asked for; undefined when that was only how to ask. Throws a sentence when it cannot be done. */
export function optionsIn(args: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const { values } = parseArgs({
    args,
    options: {
      ...{ seed: text, seeds: text, posts: text, platform: text, engine: text, processes: text },
      ...{ forgetful: flag, verbose: flag, help: { type: 'boolean', short: 'h' } },
    },
  })
  if (values.help) return undefined
  const { platform, ...rest } = shape.parse(values)
  const platforms: PlatformName[] = platform === 'both' ? ['slack', 'matrix'] : [platform]
  return { ...rest, platforms }
}

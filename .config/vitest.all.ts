import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import matrix from './vitest.matrix.ts'
import postgres from './vitest.postgres.ts'
import slack from './vitest.slack.ts'
import bot from './vitest.ts'

const { reporters, ...told } = bot.test ?? {}
const { reporters: _, ...toldOnSlack } = slack.test ?? {}
const { reporters: __, ...toldOnMatrix } = matrix.test ?? {}
const { reporters: ___, ...toldOnPostgres } = postgres.test ?? {}

/**
 * `npm test`: every suite that needs nothing but this repository, the scenarios once in the console, once in Slack, once on
 * Matrix and once on PostgreSQL.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      { ...bot, test: told },
      { ...slack, test: toldOnSlack },
      { ...matrix, test: toldOnMatrix },
      { ...postgres, test: toldOnPostgres },
    ],
    reporters,
    maxWorkers: '100%',
  },
})

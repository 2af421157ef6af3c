import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import slack from './vitest.slack.ts'
import bot from './vitest.ts'

const { reporters, ...told } = bot.test ?? {}
const { reporters: _, ...toldAgain } = slack.test ?? {}

/** `npm test`: every suite that needs nothing but this repository, the scenarios once in the console and once in Slack. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      { ...bot, test: told },
      { ...slack, test: toldAgain },
    ],
    reporters,
  },
})

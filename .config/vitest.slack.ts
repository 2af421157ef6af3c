import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import suite from './vitest.ts'

/**
 * What only a console can show: in Slack nobody chooses what is not offered, reads an option's value, or presses a button in a
 * channel she is not in.
 */
const onlyInTheConsole = [
  'what does not pass is said under its field, and kept',
  'the second community finds her answers',
  'a choice made up on a message that does not hold it leaves that message alone',
]

/** Slack: its own tests, and every scenario told again in a workspace, over a socket and by signed requests. */
export default defineConfig({
  ...suite,
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    ...suite.test,
    include: ['test/platforms/slack*.test.ts', 'test/scenarios/*.test.ts'],
    exclude: ['test/scenarios/{conversation,hostile,killed,kit,kit-and-people,new-feature}.test.ts'],
    testNamePattern: new RegExp(`^(?!.*(${onlyInTheConsole.join('|')})).*$`),
    setupFiles: ['./test/support/matchers.ts', './test/support/slack/mode.ts'],
    testTimeout: 30_000,
  },
})

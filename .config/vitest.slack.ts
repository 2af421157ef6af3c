import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import suite from './vitest.ts'

/** Slack: its own tests, and every scenario told again in a workspace, over a socket and by signed requests. */
export default defineConfig({
  ...suite,
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    ...suite.test,
    name: 'slack',
    include: ['test/platforms/slack*.test.ts', 'test/scenarios/*.test.ts'],
    exclude: [
      // The terminal's own way of asking.
      'test/scenarios/conversation.test.ts',
      // Verbs and kits: no platform has a part in them.
      'test/scenarios/{kit,kit-*,shell,shell-*}.test.ts',
      // A hundred communities, one for each test: test/platforms/slack-hostile.test.ts has all of it in one workspace.
      'test/scenarios/hostile.test.ts',
      // Processes of their own, with a console in each: test/chaos kills one that lives in Slack.
      'test/scenarios/{killed,new-feature}.test.ts',
    ],
    setupFiles: ['./test/support/matchers.ts', './test/support/slack/mode.ts'],
    // Loading Slack's libraries for each file anew takes as long as the tests in it.
    isolate: false,
    testTimeout: 30_000,
  },
})

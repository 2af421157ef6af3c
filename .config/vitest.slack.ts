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
    exclude: ['test/scenarios/{conversation,hostile,killed,kit,kit-and-people,new-feature,shell*}.test.ts'],
    setupFiles: ['./src/quick-imports.js', './test/support/matchers.ts', './test/support/slack/mode.ts'],
    testTimeout: 30_000,
  },
})

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** On a real homeserver, started once for all of it: minutes, so not part of `npm test`. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/synapse/**/*.test.ts'],
    setupFiles: ['./test/support/matchers.ts'],
    globalSetup: ['./test/support/matrix/synapse.ts'],
    reporters: ['default', './test/support/summary-line.ts'],
    pool: 'forks',
    execArgv: ['--import', new URL('../src/quick-imports.js', import.meta.url).href],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})

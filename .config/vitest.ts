import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Every suite that needs nothing but this repository. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    name: 'bot',
    globalSetup: './test/support/scratch.ts',
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/{bench,browser,killed,shared,synapse}/**',
      'test/platforms/slack*.test.ts',
      'test/storage/postgres*.test.ts',
    ],
    setupFiles: ['./test/support/matchers.ts'],
    reporters: ['default', './test/support/summary-line.ts'],
    pool: 'forks',
    // Every core: much of a test's time is its database's, or another process's.
    maxWorkers: '100%',
    execArgv: ['--import', new URL('../src/quick-imports.js', import.meta.url).href],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})

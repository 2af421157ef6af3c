import { defineConfig } from 'vitest/config'
import suite from './vitest.ts'

/** The local workspace in a real browser: Debian's Chromium, one file at a time. */
export default defineConfig({
  ...suite,
  test: {
    ...suite.test,
    include: ['test/browser/**/*.test.ts'],
    exclude: [],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
})

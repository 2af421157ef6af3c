import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The process dies hundreds of times here: minutes, so not part of `npm test`. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    globalSetup: './test/support/scratch.ts',
    include: ['test/killed/**/*.test.ts'],
    reporters: ['default', './test/support/summary-line.ts'],
    testTimeout: 900_000,
  },
})

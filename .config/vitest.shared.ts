import { defineConfig } from 'vitest/config'
import suite from './vitest.ts'

/** Reads real files from beside the repository: PUBLICCODE_DIR names their folder. */
export default defineConfig({
  ...suite,
  test: { ...suite.test, include: ['test/shared/**/*.test.ts'], exclude: [] },
})

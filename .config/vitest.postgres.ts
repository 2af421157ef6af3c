import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import suite from './vitest.ts'

/** Everything that has to do with the database, once more, on a PostgreSQL that the run brings along. */
export default defineConfig({
  ...suite,
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    ...suite.test,
    name: 'bot on PostgreSQL',
    include: [
      'test/scenarios/*.test.ts',
      'test/storage/*.test.ts',
      'test/delivery/*.test.ts',
      'test/rules/heartbeat.test.ts',
    ],
    exclude: [
      'test/storage/{disk,durable}.test.ts',
      'test/storage/sqlite.test.ts',
      // Told there in English, line by line as on SQLite: test/storage/postgres-transcripts.test.ts.
      'test/scenarios/year-en.test.ts',
      // These start the shell on files of their own, and say in what they are different on PostgreSQL themselves.
      'test/scenarios/{kit-file,new-feature,shell,shell-*}.test.ts',
    ],
    globalSetup: ['./test/support/scratch.ts', './test/support/postgres/setup.ts'],
    env: { DATABASE_URL: 'postgres://the-server-of-the-tests' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

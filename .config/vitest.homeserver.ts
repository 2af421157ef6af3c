import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import matrix from './vitest.matrix.ts'

const { reporters, env: _, isolate: __, ...told } = matrix.test ?? {}
const project = (rooms: 'plain' | 'encrypted') => ({
  ...matrix,
  test: {
    ...told,
    name: rooms,
    env: { MATRIX_MODE: rooms },
    // All on the homeserver of the run, where names are everybody's.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})

/** Every scenario told once more on a real homeserver, in plain and in encrypted rooms: about two hours, for `npm run test:matrix:scenarios`. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    globalSetup: './test/support/matrix/example-org.ts',
    projects: [project('plain'), project('encrypted')],
    reporters,
    fileParallelism: false,
  },
})

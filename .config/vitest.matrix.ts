import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import suite from './vitest.ts'

/** Every scenario told again on Matrix: a line at a time, with numbers to type and to press. The homeserver is in memory. */
export default defineConfig({
  ...suite,
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    ...suite.test,
    name: 'matrix',
    include: ['test/scenarios/*.test.ts'],
    exclude: [
      // The terminal's own way of asking.
      'test/scenarios/conversation.test.ts',
      // Whatever is pressed is the number of something that is offered: no value comes from outside.
      'test/scenarios/hostile.test.ts',
      // Verbs and kits: no platform has a part in them.
      'test/scenarios/{kit,kit-*,shell,shell-*}.test.ts',
      // Processes of their own, with a console in each; and two platforms at once already.
      'test/scenarios/{killed,new-feature,accounts}.test.ts',
    ],
    env: { MATRIX_MODE: 'recorded' },
    isolate: false,
    testTimeout: 60_000,
  },
})

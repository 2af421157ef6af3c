import { openDrawer } from '#src/charts/drawer.ts'

/**
 * The real drawing of charts, once for all tests of a process: a process of its own for each bot would take longer to start than
 * most tests take.
 */
export const { draw } = openDrawer({ idle: 30_000, drawings: 200, patience: 60_000 })

import { CHART, type Chart } from '#src/core/chart.ts'
import type { Tx } from '#src/core/feature.ts'
import { keepFile } from './files.ts'

/** Keeps what is to be drawn when it is shown; its id goes into an image block. `name` is without an ending. */
export const keepDrawing = (tx: Tx, chart: Chart, name: string, now: Temporal.Instant): Promise<string> =>
  keepFile(tx, { name, type: CHART, bytes: new TextEncoder().encode(JSON.stringify(chart)) }, undefined, now)

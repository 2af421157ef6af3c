import { z } from 'zod'
import type { Chart } from '#src/core/chart.ts'

const text = z.string().max(300)
const columns = z.array(text).min(1).max(24)
const mark = z.enum(['green', 'amber', 'red', 'none'])

const chart: z.ZodType<Chart> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('marks'),
    title: text,
    columns,
    rows: z.array(z.object({ name: text, marks: z.array(mark.nullable()).max(24) })).max(60),
    legend: z.object({ green: text, amber: text, red: text, none: text }),
  }),
  z.object({
    kind: z.literal('bars'),
    title: text,
    columns,
    series: z.array(z.object({ name: text, values: z.array(z.int().min(0)).max(24) })).max(2),
  }),
])

/** A chart as it was stored; throws when it is none, or too large to be one of ours. */
export function readChart(bytes: Uint8Array): Chart {
  const read = chart.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
  if (read.success) return read.data
  // In one line: a log keeps no more of an error.
  throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

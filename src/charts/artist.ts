// A process that draws what it is sent, until it is ended or whoever sends is gone.
import { z } from 'zod'
import { pngOf, svgOf } from './picture.ts'
import { readChart } from './read.ts'

const asked = z.object({ chart: z.instanceof(Uint8Array), as: z.enum(['png', 'svg']) })

process.on('message', (message: unknown) => {
  try {
    const { chart, as } = asked.parse(message)
    const svg = svgOf(readChart(chart))
    process.send?.({ drawn: as === 'svg' ? new TextEncoder().encode(svg) : new Uint8Array(pngOf(svg)) })
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? error.message : String(error) })
  }
})

// A thread that draws, and is ended after a while: the memory that drawing takes outside of JavaScript goes with it.
import { parentPort } from 'node:worker_threads'
import { z } from 'zod'
import { pngOf, svgOf } from './picture.ts'
import { readChart } from './read.ts'

const asked = z.object({ chart: z.instanceof(Uint8Array), as: z.enum(['png', 'svg']) })

parentPort?.on('message', (message: unknown) => {
  try {
    const { chart, as } = asked.parse(message)
    const svg = svgOf(readChart(chart))
    parentPort?.postMessage({ drawn: as === 'svg' ? new TextEncoder().encode(svg) : new Uint8Array(pngOf(svg)) })
  } catch (error) {
    parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) })
  }
})

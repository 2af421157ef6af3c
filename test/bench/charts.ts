// A thousand charts, one after another, as the bot draws them: how long each takes, and whether memory stays flat.
// Run it with `node test/bench/charts.ts [HOW MANY]`.
import { openDrawer } from '#src/charts/drawer.ts'
import type { Chart } from '#src/core/chart.ts'

const total = Number(process.argv[2] ?? 1000)
const marks = ['green', 'amber', 'red', 'none'] as const
const chart = (seed: number): Chart => ({
  kind: 'marks',
  title: `Stato delle linee ${seed}`,
  columns: ['set', 'ott', 'nov', 'dic', 'gen', 'feb'],
  rows: Array.from({ length: 8 }, (_, row) => ({
    name: `L${row} Perché è così`,
    marks: Array.from({ length: 6 }, (_, column) => marks[(seed + row * column) % 4] ?? null),
  })),
  legend: { green: 'verde', amber: 'giallo', red: 'rosso', none: 'nessuna risposta' },
})
const megabytes = (): number => Math.round(process.memoryUsage.rss() / 1024 / 1024)

const drawer = openDrawer()
const times: number[] = []
console.log(`before: ${megabytes()} MB`)
let most = 0
for (let at = 1; at <= total; at += 1) {
  const start = performance.now()
  await drawer.draw(new TextEncoder().encode(JSON.stringify(chart(at))), 'png')
  times.push(performance.now() - start)
  most = Math.max(most, megabytes())
  if (at % (total / 10) === 0) console.log(`after ${at}: ${megabytes()} MB, at most ${most} MB`)
}
await drawer.stop()
times.sort((a, b) => a - b)
const at = (share: number): string => `${times[Math.floor(share * (times.length - 1))]?.toFixed(0)} ms`
console.log(`median ${at(0.5)}, 95 % within ${at(0.95)}, slowest ${at(1)}; at the end ${megabytes()} MB`)

import { expect, onTestFinished, test } from 'vitest'
import { type DrawerLimits, openDrawer } from '#src/charts/drawer.ts'
import type { Chart } from '#src/core/chart.ts'

const chart: Chart = { kind: 'bars', title: 'Richieste', columns: ['4/1'], series: [{ name: 'aperte', values: [3] }] }
const stored = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const aDrawer = (limits: Partial<DrawerLimits> = {}) => {
  const drawer = openDrawer(limits)
  onTestFinished(drawer.stop)
  return drawer
}
const kind = (picture: Uint8Array): string => Buffer.from(picture).toString('latin1', 0, 4)

test('the same drawing as a picture and as vectors, several asked at once', async () => {
  const { draw } = aDrawer()
  const [png, svg] = await Promise.all([draw(stored(chart), 'png'), draw(stored(chart), 'svg')])
  expect(kind(png)).toBe('\x89PNG')
  expect(kind(svg)).toBe('<svg')
})

test('what cannot be drawn is refused, and the next is drawn', async () => {
  const { draw } = aDrawer()
  await expect(draw(stored({ kind: 'pie' }), 'png')).rejects.toThrow('could not draw')
  expect(kind(await draw(stored(chart), 'png'))).toBe('\x89PNG')
})

test('one that takes too long is given up', async () => {
  const { draw } = aDrawer({ patience: 1 })
  await expect(draw(stored(chart), 'png')).rejects.toThrow('not drawn within 1 ms')
})

test('its process is ended after so many drawings, and the next has one of its own', async () => {
  const { draw } = aDrawer({ drawings: 1 })
  expect(kind(await draw(stored(chart), 'png'))).toBe('\x89PNG')
  expect(kind(await draw(stored(chart), 'png'))).toBe('\x89PNG')
})

import { Resvg } from '@resvg/resvg-js'
import { expect, test } from 'vitest'
import { fitted, wrapped } from '#src/charts/look.ts'
import { pngOf, svgOf } from '#src/charts/picture.ts'
import { readChart } from '#src/charts/read.ts'
import type { Chart } from '#src/core/chart.ts'
import { marksOf, monthsTo, runsOf } from '#src/features/checkins/history.ts'
import { byWeek } from '#src/features/laboratories/weeks.ts'

const legend = { green: 'verde', amber: 'giallo', red: 'rosso', none: 'nessuna risposta' }
const marks = (row: ('green' | 'amber' | 'red' | 'none' | null)[]): Chart => ({
  kind: 'marks',
  title: 'Stato delle linee, da agosto 2026 a gennaio 2027',
  columns: ['ago', 'set', 'ott', 'nov', 'dic', 'gen'],
  rows: [{ name: 'L1 Perché è così', marks: row }],
  legend,
})
const bars = (opened: number[], closed: number[]): Chart => ({
  kind: 'bars',
  title: 'Richieste',
  columns: opened.map((_, at) => `${at + 1}/1`),
  series: [
    { name: 'aperte', values: opened },
    { name: 'chiuse', values: closed },
  ],
})

/** How many dots of a colour there are, a few shades apart; the drawing is 360 wide. */
function dots(chart: Chart, [red, green, blue]: [number, number, number]): number {
  const { pixels } = new Resvg(svgOf(chart), { font: { loadSystemFonts: false } }).render()
  let count = 0
  for (let at = 0; at < pixels.length; at += 4) {
    const apart = [red - pixels[at]!, green - pixels[at + 1]!, blue - pixels[at + 2]!].map(Math.abs)
    if (Math.max(...apart) < 12) count += 1
  }
  return count
}

test('a mark is drawn for each month with an answer, and its shape tells it without its colour', () => {
  const all = (mark: 'green' | 'amber' | 'red') => marks([mark, mark, mark, mark, mark, mark])
  const blank = marks([null, null, null, null, null, null])
  // The legend shows each once; six more are some two hundred dots each.
  for (const [mark, colour] of [
    ['green', [0, 143, 104]],
    ['amber', [240, 180, 0]],
    ['red', [181, 48, 95]],
  ] as const) {
    expect(dots(all(mark), [...colour])).toBeGreaterThan(dots(blank, [...colour]) + 6 * 100)
  }
  const shapes = (['green', 'amber', 'red'] as const).map(mark => svgOf(all(mark)).replaceAll(/#[\da-f]{6}/g, ''))
  expect(new Set(shapes).size).toBe(3)
})

test('bars are as high as what they count, and the second is striped', () => {
  const dark: [number, number, number] = [11, 79, 158]
  const low = dots(bars([1, 4], [0, 0]), dark)
  const high = dots(bars([4, 4], [0, 0]), dark)
  expect(high).toBeGreaterThan(low * 1.4)
  expect(svgOf(bars([1], [1]))).toContain('<pattern')
  expect(svgOf(bars([1], [1]))).toContain('>chiuse</text>')
})

test('a picture is three times as wide as a phone, and holds the accents of the font that comes along', () => {
  const png = Buffer.from(pngOf(svgOf(marks(['green', null, null, null, null, 'red']))))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBe(1080)
  const named = (name: string) => svgOf({ ...marks([null]), rows: [{ name, marks: [] }] } as Chart)
  expect(Buffer.compare(pngOf(named('è')), pngOf(named('e')))).not.toBe(0)
})

test('what a person wrote stays text in the drawing', () => {
  const svg = svgOf({ ...marks([null]), title: '<script>alert(1)</script> {a|b}' })
  expect(svg).not.toContain('<script')
  expect(svg).toContain('{a|b}')
})

test('texts fit the width of a phone', () => {
  expect(wrapped('Stato delle linee, da settembre 2026 a febbraio 2027')).toHaveLength(2)
  expect(fitted('L1 Sportelli')).toBe('L1 Sportelli')
  expect(fitted(`L3 ${'strumenti, '.repeat(10)}`)).toBe('L3 strumenti, strumenti, strumenti, strumenti …')
})

test('what is no chart of ours is not drawn', () => {
  const stored = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
  expect(readChart(stored(bars([1], [2])))).toEqual(bars([1], [2]))
  expect(() => readChart(stored({ kind: 'pie' }))).toThrow()
  const wide = { ...bars([1], [2]), columns: Array(1000).fill('x') }
  expect(() => readChart(stored(wide))).toThrow(/^columns: Too big: .*24/)
  expect(() => readChart(new Uint8Array([1, 2, 3]))).toThrow()
})

test('six months back, across the turn of the year', () => {
  expect(monthsTo('2027-02')).toEqual(['2026-09', '2026-10', '2026-11', '2026-12', '2027-01', '2027-02'])
})

test('a month in which nobody was asked is no month without an answer', () => {
  const periods = [
    { id: '2027-01', openedAt: 1 },
    { id: '2027-02', openedAt: null },
    { id: '2027-03', openedAt: 1 },
  ]
  const answers = [
    { period: '2027-01', kind: 'line' as const, item: 'L1', status: 'red' as const },
    { period: '2027-01', kind: 'action' as const, item: 'L2', status: 'green' as const },
  ]
  const months = ['2026-12', '2027-01', '2027-02', '2027-03']
  expect(marksOf('L1', months, periods, answers)).toEqual([null, 'red', null, 'none'])
  expect(marksOf('L2', months, periods, answers)).toEqual([null, 'none', null, 'none'])
})

test('months in a row with the same mark are told together', () => {
  const months = ['2026-10', '2026-11', '2026-12', '2027-01', '2027-02']
  expect(runsOf(months, [null, 'green', 'green', 'none', 'green'])).toEqual([
    { from: '2026-11', to: '2026-12', mark: 'green' },
    { from: '2027-01', to: '2027-01', mark: 'none' },
    { from: '2027-02', to: '2027-02', mark: 'green' },
  ])
  expect(runsOf(months, ['red', null, 'red', null, null])).toEqual([
    { from: '2026-10', to: '2026-10', mark: 'red' },
    { from: '2026-12', to: '2026-12', mark: 'red' },
  ])
})

test('weeks begin on Monday in the programme’s zone, and the last ends where the digest does', () => {
  const at = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds
  // Sunday 28 March 2027 is the day on which summer time begins; Monday 29 starts at 22:00 UTC the day before.
  const open = { closedAt: null, endings: [] }
  const reopened = { solvedAt: null, closedAt: at('2027-03-22T10:00:00Z'), reopenedAt: at('2027-03-30T10:00:00Z') }
  const requests = [
    { openedAt: at('2027-03-28T21:59:59Z'), closedAt: at('2027-03-28T22:00:00Z'), endings: [] },
    { openedAt: at('2027-03-31T21:59:59Z'), ...open },
    { openedAt: at('2027-03-31T22:00:00Z'), ...open },
    // It was closed in that week, whatever came of it.
    { openedAt: at('2027-03-15T10:00:00Z'), closedAt: null, endings: [reopened] },
  ]
  const weeks = byWeek(requests, at('2027-03-31T22:00:00Z'), 'Europe/Rome')
  expect(weeks).toHaveLength(8)
  expect(weeks.slice(-2).map(({ monday, opened, closed }) => [String(monday), opened, closed])).toEqual([
    ['2027-03-22', 1, 1],
    ['2027-03-29', 1, 1],
  ])
  expect(String(weeks[0]!.monday)).toBe('2027-02-08')
})

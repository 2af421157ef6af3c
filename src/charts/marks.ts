import type { EChartsCoreOption } from 'echarts/core'
import type { Chart, Mark } from '#src/core/chart.ts'
import { below, FONT, faint, fitted, ink, MARGIN, plainAxis, quiet, TEXT, TEXT_WIDTH, titled, words } from './look.ts'

type Marks = Extract<Chart, { kind: 'marks' }>

// Told apart by shape, by lightness, and by colours that stay apart for every kind of colour blindness (Okabe and Ito's).
const shapes: Record<Mark, { symbol: string; size: number; fill: string; line: string }> = {
  green: { symbol: 'circle', size: 19, fill: '#008f68', line: '#00553e' },
  amber: { symbol: 'triangle', size: 20, fill: '#f0b400', line: '#7a5200' },
  red: { symbol: 'diamond', size: 22, fill: '#b5305f', line: '#5f0a2a' },
  none: { symbol: 'path://M0,4 L12,4 L12,6 L0,6 Z', size: 12, fill: quiet, line: quiet },
}
const order: readonly Mark[] = ['green', 'amber', 'red', 'none']

const ROW = 50
const HEAD = 22
const LEGEND = 56

/** A row for each name, a column for each month, a shape for how it stood. The name stands over its row, to have room. */
export function marksOf({ title, columns, rows, legend }: Marks): { option: EChartsCoreOption; height: number } {
  const top = below(title) + HEAD
  const height = top + rows.length * ROW + LEGEND
  const option = {
    title: titled(title),
    grid: { left: MARGIN, right: MARGIN, top, height: rows.length * ROW },
    xAxis: { type: 'category', position: 'top', data: columns, ...plainAxis, axisLabel: { ...words, color: quiet } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((_, at) => at),
      ...plainAxis,
      axisLabel: { show: false },
      splitLine: { show: true, lineStyle: { color: faint } },
    },
    legend: {
      bottom: MARGIN,
      left: MARGIN,
      right: MARGIN,
      itemWidth: 14,
      itemHeight: 14,
      itemGap: 14,
      selectedMode: false,
      textStyle: words,
      data: order.map(mark => legend[mark]),
    },
    graphic: rows.map(({ name }, at) => label(name, top + at * ROW + 6)),
    series: order.map(mark => series(mark, legend[mark], rows)),
  }
  return { option, height }
}

const label = (text: string, top: number) => ({
  type: 'text',
  left: MARGIN,
  top,
  silent: true,
  style: { text: fitted(text), fill: ink, font: `${TEXT}px ${FONT}`, width: TEXT_WIDTH, overflow: 'truncate' },
})

function series(mark: Mark, name: string, rows: Marks['rows']) {
  const { symbol, size, fill, line } = shapes[mark]
  const found = rows.flatMap(({ marks }, row) =>
    marks.flatMap((each, column) => (each === mark ? [[column, row]] : [])),
  )
  return {
    type: 'scatter',
    name,
    symbol,
    symbolSize: mark === 'none' ? [size, 3] : size,
    symbolOffset: [0, 10],
    itemStyle: { color: fill, borderColor: line, borderWidth: mark === 'none' ? 0 : 1.5, opacity: 1 },
    data: found,
  }
}

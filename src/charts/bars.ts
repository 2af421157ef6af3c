import type { EChartsCoreOption } from 'echarts/core'
import type { Chart } from '#src/core/chart.ts'
import { below, faint, MARGIN, plainAxis, quiet, titled, words } from './look.ts'

type Bars = Extract<Chart, { kind: 'bars' }>

// The first is full and dark, the second striped and light: they stay apart without any colour.
const looks = [
  { color: '#0b4f9e', borderColor: '#0b4f9e', borderWidth: 1 },
  {
    color: '#ffe3ad',
    borderColor: '#8a5a00',
    borderWidth: 1,
    decal: { symbol: 'rect', color: '#8a5a00', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4 },
  },
]

const PLOT = 150
const LEGEND = 62

const heights = {
  type: 'value',
  minInterval: 1,
  ...plainAxis,
  axisLabel: { show: false },
  splitLine: { lineStyle: { color: faint } },
}
const legend = {
  bottom: MARGIN,
  left: MARGIN,
  itemWidth: 18,
  itemHeight: 14,
  itemGap: 18,
  selectedMode: false,
  textStyle: words,
}

/** Two bars for each week, each with its number. */
export function barsOf({ title, columns, series }: Bars): { option: EChartsCoreOption; height: number } {
  const top = below(title) + 16
  const option = {
    title: titled(title),
    grid: { left: MARGIN, right: MARGIN, top, height: PLOT },
    xAxis: {
      type: 'category',
      data: columns,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: quiet } },
      axisLabel: { ...words, fontSize: 11, interval: 0 },
    },
    yAxis: heights,
    legend,
    series: series.map(({ name, values }, at) => ({
      type: 'bar',
      name,
      // A bar of no height would still show its border.
      data: values.map(value => value || null),
      barGap: '15%',
      barCategoryGap: '24%',
      barMaxWidth: 22,
      itemStyle: looks[at],
      label: { ...words, show: true, position: 'top', distance: 3 },
    })),
  }
  return { option, height: top + PLOT + LEGEND }
}

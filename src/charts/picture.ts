import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'
import { BarChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GraphicComponent, GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Chart } from '#src/core/chart.ts'
import { barsOf } from './bars.ts'
import { FONT, WIDTH } from './look.ts'
import { marksOf } from './marks.ts'

use([
  BarChart,
  ScatterChart,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  TitleComponent,
  AriaComponent,
  SVGRenderer,
])

/** The one drawing: the page shows it as it is, everybody else as a picture of it. */
export function svgOf(chart: Chart): string {
  const { option, height } = chart.kind === 'marks' ? marksOf(chart) : barsOf(chart)
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  try {
    drawing.setOption({ animation: false, backgroundColor: '#fff', textStyle: { fontFamily: FONT }, ...option })
    return drawing.renderToSVGString()
  } finally {
    drawing.dispose()
  }
}

const font = (file: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${file}`))
const fontFiles = [font('400Regular/Inter_400Regular.ttf'), font('700Bold/Inter_700Bold.ttf')]

/** Three dots to the pixel: sharp on a phone, and large enough on a desk. */
const SCALE = 3

export const pngOf = (svg: string): Uint8Array =>
  new Resvg(svg, {
    fitTo: { mode: 'width', value: WIDTH * SCALE },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'Inter' },
  })
    .render()
    .asPng()

/** How something stands in a month; `none` when nobody said. */
export type Mark = 'green' | 'amber' | 'red' | 'none'

/** Something to be drawn: plain data in the reader's words, so that it is drawn the same by whoever does it, and later. */
export type Chart =
  | {
      kind: 'marks'
      title: string
      /** Short: six of them share the width of a phone. */
      columns: string[]
      /** One mark for each column; nothing where there was nothing to say. */
      rows: { name: string; marks: (Mark | null)[] }[]
      legend: Record<Mark, string>
    }
  | {
      kind: 'bars'
      title: string
      columns: string[]
      /** Two at most, one value for each column. */
      series: { name: string; values: number[] }[]
    }

/** The type of a stored file that holds a chart, as JSON, and is drawn when it is shown. */
export const CHART = 'application/vnd.animatore.chart+json'
export type Drawn = 'png' | 'svg'
export const drawnTypes = { png: 'image/png', svg: 'image/svg+xml' } as const

/** Draws a stored chart; rejects what it cannot draw. */
export type Draw = (chart: Uint8Array, as: Drawn) => Promise<Uint8Array>

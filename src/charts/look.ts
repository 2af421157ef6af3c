// How every drawing looks. Widths and heights are in the pixels of a phone that is 360 wide: at that width a text of 12 is
// as large as the text around the picture.

export const WIDTH = 360
export const MARGIN = 12
/** The packaged one; a page that lacks it falls back to the reader's. */
export const FONT = ['Inter', 'Arial', 'sans-serif'].join(',')
export const ink = '#17324d'
export const faint = '#d9dadb'
export const quiet = '#5b6f82'

export const TITLE = { size: 14, line: 18 }
export const TEXT = 12

// Nothing here can measure letters exactly: so many of Inter's fit into the width, and a little less is asked of the library.
const LETTERS = { title: 42, text: 52 }
export const TEXT_WIDTH = Math.floor((WIDTH - 2 * MARGIN) / 1.06)

/** A title in as many lines as it takes. */
export function wrapped(title: string): string[] {
  const lines: string[] = []
  for (const word of title.split(/\s+/)) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > LETTERS.title) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** A text in one line; what is too long ends between two words. */
export function fitted(text: string): string {
  if (text.length <= LETTERS.text) return text
  const cut = text.slice(0, LETTERS.text)
  return `${cut.slice(0, cut.lastIndexOf(' ') > 20 ? cut.lastIndexOf(' ') : cut.length).replace(/[\s,;:.-]+$/, '')} …`
}

export const titled = (title: string) => ({
  text: wrapped(title).join('\n'),
  left: MARGIN,
  top: MARGIN,
  padding: 0,
  textStyle: {
    color: ink,
    fontFamily: FONT,
    fontSize: TITLE.size,
    fontWeight: 'bold' as const,
    lineHeight: TITLE.line,
  },
})
/** Where the drawing begins below a title. */
export const below = (title: string): number => MARGIN + wrapped(title).length * TITLE.line + 8

export const plainAxis = { axisLine: { show: false }, axisTick: { show: false } }
export const words = { color: ink, fontFamily: FONT, fontSize: TEXT }

// A moment in a sentence stays a moment: a platform that can show each reader her own time finds it there again. Three
// letters that no text has stand around it, and whoever reads text only never sees them.

const OPEN = '\uE100'
const SAID = '\uE101'
const CLOSE = '\uE102'
const whole = new RegExp(`${OPEN}([0-9a-z]+)${SAID}([^${CLOSE}]*)${CLOSE}`, 'g')
const letters = new RegExp(`${OPEN}[0-9a-z]*${SAID}|[${OPEN}${SAID}${CLOSE}]`, 'g')

/** What was said of moments just now, and which they were: enough for the sentence that is being made. */
const said = new Map<string, number>()
const MOST = 200

export function momentSaid(text: string, at: Temporal.Instant): string {
  said.delete(text)
  said.set(text, Math.floor(at.epochMilliseconds / 1000))
  const [oldest] = said.keys()
  if (said.size > MOST && oldest !== undefined) said.delete(oldest)
  return text
}

/** A value on its way into a sentence: when it is what was just said of a moment, the moment goes along. */
export function withMoment(value: string, inert: (text: string) => string): string {
  const seconds = said.get(value)
  const text = inert(value.replace(letters, ''))
  return seconds === undefined ? text : `${OPEN}${seconds.toString(36)}${SAID}${text}${CLOSE}`
}

export const withoutMoments = (text: string): string => text.replace(letters, '')

/** A text in its parts: words, and moments with the words that were said of them. */
export function parts(text: string): (string | { seconds: number; said: string })[] {
  // Most texts have none.
  if (!text.includes(OPEN)) return [withoutMoments(text)].filter(part => part !== '')
  const found: (string | { seconds: number; said: string })[] = []
  let from = 0
  for (const match of text.matchAll(whole)) {
    found.push(withoutMoments(text.slice(from, match.index)))
    found.push({ seconds: Number.parseInt(match[1] ?? '', 36), said: match[2] ?? '' })
    from = match.index + match[0].length
  }
  return [...found, withoutMoments(text.slice(from))].filter(part => part !== '')
}

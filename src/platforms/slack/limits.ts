import type { Limits } from '#src/core/platform.ts'

/** What Slack takes, in characters and counts (docs.slack.dev, reference of blocks, elements, views and chat.postMessage). */
export const MOST = {
  blocks: 50,
  viewBlocks: 100,
  /** One section of rich text; the same as a section's text. */
  text: 3000,
  /** All the text of one message: far below what Slack refuses, and about four screens of a phone. */
  message: 12_000,
  summary: 3000,
  buttons: 5,
  buttonLabel: 75,
  buttonValue: 2000,
  blockId: 255,
  options: 100,
  radios: 10,
  optionLabel: 75,
  optionValue: 150,
  title: 24,
  label: 2000,
  input: 3000,
  alt: 2000,
  url: 3000,
  /** The words of a link: one line of a phone, or two. */
  linkText: 300,
  metadata: 3000,
  /** Documented nowhere; what the client shows under a field without cutting it. */
  fieldError: 500,
} as const

/**
 * How often Slack takes what (docs.slack.dev, rate limits): one post a second in a channel, with short bursts; edits are
 * tier 3, uploads tier 4. For a whole workspace it names no figure but "several hundred a minute".
 */
export const SLACK_LIMITS: Limits = {
  place: { perMinute: 60, burst: 3 },
  account: { perMinute: 300, burst: 20 },
  edit: { perMinute: 50, burst: 5 },
  file: { perMinute: 100, burst: 5 },
  parallel: 8,
}

/** At most so many UTF-16 units, as Slack counts them, never half a character; what was left out is marked. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The same for words that are read at a glance: cut after one of them, if there is such a place. */
export function headline(text: string, most: number): string {
  const end = text.length > most ? text.lastIndexOf(' ', most - 1) : -1
  return end > most / 2 ? `${text.slice(0, end).replace(/[ ·,;:]+$/, '')}…` : shorten(text, most)
}

/** A text in pieces of at most so many units, cut where a line or a word ends if there is such a place. */
export function pieces(text: string, most: number): string[] {
  const found: string[] = []
  let rest = text
  while (rest.length > most) {
    const cut = placeToCut(rest, most)
    found.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return rest === '' ? found : [...found, rest]
}

function placeToCut(text: string, most: number): number {
  for (const mark of ['\n', ' ']) {
    const at = text.lastIndexOf(mark, most - 1)
    if (at > most / 2) return at + 1
  }
  return /[\uD800-\uDBFF]/.test(text[most - 1] ?? '') ? most - 1 : most
}

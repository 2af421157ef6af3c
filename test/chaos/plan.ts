import { type Dice, fate, oneOf } from './dice.ts'

/** One thing the bot is asked to post. */
export interface Asked {
  n: number
  fan: number
  /** A shared place or a person, by number. */
  to: { place: number } | { person: number }
  /** The post at the root of its thread. */
  under?: number
  file: boolean
  /** The version that stands in the end: each edit is one more. */
  version: number
  /** Whether an edit is asked by an event of its own, when the post may be out already. */
  changed: boolean
}
export interface Size {
  posts: number
  places: number
  people: number
}

/** How many posts one event fans out to. */
export const FAN = 50
const shares = { thread: 0.15, person: 0.2, file: 0.05 }
/** Of all posts: edited in the transaction that asked for it, and edited later. */
const EDITED_AT_ONCE = 0.06
const EDITED_LATER = 0.06

/** Everything that is asked, in order. The bot and whoever checks it make the same plan of the same seed. */
export function plan(throws: Dice, size: Size): Asked[] {
  const all: Asked[] = []
  for (let n = 0; n < size.posts; n += 1) all.push(asked(n, all, throws, size))
  return all
}

function asked(n: number, before: readonly Asked[], throws: Dice, { places, people }: Size): Asked {
  const fan = Math.floor(n / FAN)
  const kind = fate(shares, throws('kind of post', n))
  const atOnce = throws('edited at once', n) < EDITED_AT_ONCE
  const changed = throws('edited later', n) < EDITED_LATER
  const more = { n, fan, version: Number(atOnce) + Number(changed), changed }
  const where = throws('where', n)
  const roots = before.filter(each => each.fan === fan && 'place' in each.to && each.under === undefined)
  if (kind === 'person') return { ...more, to: { person: Math.floor(where * people) }, file: false }
  if (kind === 'thread' && roots.length > 0) {
    const root = oneOf(roots, where)
    return { ...more, to: root.to, under: root.n, file: false }
  }
  return { ...more, to: { place: Math.floor(where * places) }, file: kind === 'file' }
}

/** The words of a post, by which it is known wherever it ends up. */
export const wordsOf = (n: number, version: number): string => `n${n}v${version}`
export function readWords(text: string): { n: number; version: number } | undefined {
  const [, n, version] = /\bn(\d+)v(\d+)\b/.exec(text) ?? []
  return n === undefined ? undefined : { n: Number(n), version: Number(version) }
}
/** What the bot answers to an event when it has been done; in quiet hours it adds when the others hear of it. */
export const doneWith = (event: string): string => `done ${event}`
export const readAnswer = (text: string): string | undefined => /^done (.+)/.exec(text.trim())?.[1]
export const keyOf = (n: number): string => `chaos:${n}`

/** Places and people are spread over the servers by their numbers. */
export function serverOf<S>(servers: readonly S[], at: number): S {
  const found = servers[at % servers.length]
  if (!found) throw new Error('no server')
  return found
}

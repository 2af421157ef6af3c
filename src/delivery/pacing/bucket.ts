import type { Rate } from '#src/core/platform.ts'

/** A token bucket. Instants and intervals are milliseconds of a clock that only runs forward. */
export interface Bucket {
  /** How many tokens there were, and when. */
  tokens: number
  at: number
  /** Between two tokens: as documented, or longer where a refusal taught it. */
  interval: number
  /** Nothing goes before: the platform said so. */
  shutUntil: number
  /** Since when it has gone on without a rest after a refusal, and how many went. */
  run?: { from: number; sent: number }
}

/** Kept a little slower than documented: a letter may reach the platform sooner after the last than it left. */
const MARGIN = 1.02
/** A measured rate is taken with more care, and at most so many times slower than what was believed before. */
const CARE = 1.1
const LESSON = 4
/** With every letter that is taken, what was learned fades by so much. */
const FADE = 0.998
/** So many tokens are left for answers. */
const RESERVE = 2

const documented = ({ perMinute }: Rate): number => (60_000 / perMinute) * MARGIN

/** A bucket that has rested. */
export const full = (rate: Rate, now: number): Bucket => ({
  tokens: rate.burst,
  at: now,
  interval: documented(rate),
  shutUntil: now,
})

const tokensAt = ({ tokens, at, interval }: Bucket, { burst }: Rate, now: number): number =>
  Math.min(burst, tokens + Math.max(0, now - at) / interval)

/** An answer goes with the last token, everything else only while some are left for answers. */
const least = ({ burst }: Rate, answer: boolean): number => (answer ? 1 : 1 + Math.min(burst - 1, RESERVE))

/** When the next may go. */
export function readyAt(bucket: Bucket, rate: Rate, now: number, answer: boolean): number {
  const from = Math.max(now, bucket.shutUntil)
  const lacking = Math.max(0, least(rate, answer) - tokensAt(bucket, rate, from))
  return from + Math.ceil(lacking * bucket.interval)
}

/** One goes. */
export function taken(bucket: Bucket, rate: Rate, now: number): Bucket {
  const tokens = tokensAt(bucket, rate, now)
  const interval = Math.max(documented(rate), bucket.interval * FADE)
  const rested = tokens >= rate.burst
  const { run, ...rest } = bucket
  const goesOn = run && !rested ? { run: { ...run, sent: run.sent + 1 } } : {}
  // Answers that did not wait are not made up for by everything else for longer than a burst takes.
  return { ...rest, tokens: Math.max(-rate.burst, tokens - 1), at: Math.max(now, bucket.at), interval, ...goesOn }
}

/**
 * The platform refused one, and takes it in so many seconds. Between two refusals without a rest it took what it takes: the
 * time from one reopening to the next, divided by how many went, is its own interval.
 */
export function refused(bucket: Bucket, rate: Rate, now: number, seconds: number): Bucket {
  const opens = Math.max(now + seconds * 1000, bucket.shutUntil)
  const { run, interval } = bucket
  // The one that was refused took a token too, and is not among those that went.
  const went = run ? run.sent - 1 : 0
  const measured = run && went > 0 ? ((opens - run.from) / went) * CARE : interval
  const believed = Math.max(documented(rate), Math.min(measured, interval * LESSON))
  // Whatever waits goes on as soon as it may: the platform has said when.
  return { tokens: least(rate, false), at: opens, interval: believed, shutUntil: opens, run: { from: opens, sent: 0 } }
}

/** Whether it can be forgotten: it is full, and has learned nothing. */
export const isRested = (bucket: Bucket, rate: Rate, now: number): boolean =>
  bucket.shutUntil <= now && bucket.interval <= documented(rate) && tokensAt(bucket, rate, now) >= rate.burst

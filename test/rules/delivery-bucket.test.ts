import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Rate } from '#src/core/platform.ts'
import { type Bucket, full, readyAt, refused, taken } from '#src/delivery/pacing/bucket.ts'

const once: Rate = { perMinute: 60, burst: 1 }
const bursts: Rate = { perMinute: 60, burst: 5 }

describe('a bucket', () => {
  test.each([
    ['a rested bucket lets one go at once', full(once, 0), once, 0, false, 0],
    ['the next waits for its token, with a margin', taken(full(once, 0), once, 0), once, 0, false, 1020],
    ['half way it waits for the other half', taken(full(once, 0), once, 0), once, 510, false, 1020],
    [
      'an answer takes what is left of a burst',
      taken(taken(full(bursts, 0), bursts, 0), bursts, 0),
      bursts,
      0,
      true,
      0,
    ],
    [
      'the rest leaves two for answers',
      taken(taken(taken(full(bursts, 0), bursts, 0), bursts, 0), bursts, 0),
      bursts,
      0,
      false,
      1020,
    ],
    ['what was refused waits as long as it was told', refused(full(once, 0), once, 0, 7), once, 0, true, 7000],
  ])('%s', (_, bucket, rate, now, answer, at) => {
    expect(readyAt(bucket, rate, now, answer)).toBe(at)
  })

  test('never lets more go than its rate and its burst allow', () => {
    const rates = fc.record({ perMinute: fc.integer({ min: 1, max: 6000 }), burst: fc.integer({ min: 1, max: 20 }) })
    const visits = fc.array(fc.record({ later: fc.nat(5000), answer: fc.boolean() }), { maxLength: 200 })
    fc.assert(
      fc.property(rates, visits, (rate, all) => {
        let bucket = full(rate, 0)
        let now = 0
        let sent = 0
        for (const { later, answer } of all) {
          now += later
          if (readyAt(bucket, rate, now, answer) > now) continue
          bucket = taken(bucket, rate, now)
          sent += 1
          expect(sent).toBeLessThanOrEqual(rate.burst + (now * rate.perMinute) / 60_000 + 1e-6)
        }
      }),
    )
  })

  test('is always ready when it said it would be', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(60),
        (perMinute, burst, wait) => {
          const rate = { perMinute, burst }
          let bucket = full(rate, 0)
          let now = 0
          for (let times = 0; times < 40; times += 1) {
            const at = readyAt(bucket, rate, now, times % 3 === 0)
            expect(readyAt(bucket, rate, at, times % 3 === 0)).toBe(at)
            now = at
            bucket = times === wait ? refused(taken(bucket, rate, now), rate, now, 3) : taken(bucket, rate, now)
          }
        },
      ),
    )
  })
})

/** A server that counts exactly, as Synapse does, and says how long until it has a token again. */
function server(perSecond: number, burst: number) {
  let tokens = burst
  let last = 0
  return (now: number): number => {
    tokens = Math.min(burst, tokens + ((now - last) / 1000) * perSecond)
    last = now
    if (tokens < 1 - 1e-9) return (1 - tokens) / perSecond
    tokens -= 1
    return 0
  }
}

describe('what a platform really takes', () => {
  test.each([
    [0.2, 10],
    [1, 3],
    [5, 5],
    [20, 50],
  ])('%s a second in bursts of %s is learned from its refusals', (perSecond, burst) => {
    const rate: Rate = { perMinute: 60_000, burst: 50 }
    const ask = server(perSecond, burst)
    let bucket: Bucket = full(rate, 0)
    let now = 0
    const tally = { taken: 0, refused: 0 }
    const count = (upTo: number): void => {
      while (tally.taken < upTo) {
        now = readyAt(bucket, rate, now, false)
        bucket = taken(bucket, rate, now)
        const wait = ask(now)
        if (wait > 0) bucket = refused(bucket, rate, now, wait)
        tally[wait > 0 ? 'refused' : 'taken'] += 1
      }
    }
    count(300)
    const learned = now
    tally.refused = 0
    count(2300)
    expect(tally.refused).toBeLessThan(40)
    expect((now - learned) / 1000).toBeLessThan((2000 / perSecond) * 1.2)
  })

  test('a single refusal without a reason is over when it is over', () => {
    const ready = 8000
    let bucket = refused(taken(full(once, 0), once, 0), once, 0, 8)
    expect(readyAt(bucket, once, 0, false)).toBe(ready)
    bucket = taken(bucket, once, ready)
    expect(readyAt(bucket, once, ready, false)).toBe(ready + 1020)
  })
})

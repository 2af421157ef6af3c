import type { Limits, Rate, Scope } from '#src/core/platform.ts'
import { type Bucket, full, isRested, readyAt, refused, taken } from './bucket.ts'

/** What a letter needs a token of, by the name of its bucket. */
export interface Toll {
  scope: Scope
  name: string
  rate: Rate
}
/** What decides the tolls of a letter. */
export interface Deed {
  limits: Limits | undefined
  /** Platform and workspace, as one word. */
  account: string
  queue: string
  kind: 'post' | 'file' | 'edit'
}

/** Edits have their own limit where the platform counts them apart; a file is a post and more. */
export function tolls({ limits, account, queue, kind }: Deed): Toll[] {
  const scopes: Scope[] =
    kind === 'edit' && limits?.edit ? ['edit'] : kind === 'file' ? ['place', 'account', 'file'] : ['place', 'account']
  return scopes.flatMap(scope => {
    const rate = limits?.[scope]
    const name = scope === 'place' ? `place ${account} ${queue}` : `${scope} ${account}`
    return rate ? [{ scope, name, rate }] : []
  })
}

/** When letters may go, by the buckets that they need. */
interface Turnstile {
  /** When all of a letter's buckets let it go: now, or later. */
  ready(of: readonly Toll[], answer: boolean): number
  take(of: readonly Toll[]): void
}
/** The buckets of every place and account, in memory: after a restart the platform teaches again what it must. */
export interface Pace {
  /** The platform refused a letter: the bucket that it named, or else the narrowest, is shut for so many seconds. */
  refuse(of: readonly Toll[], now: number, seconds: number, scope?: Scope): void
  /** All buckets at one instant, to try something out: they stay as they are until `keep`. */
  trial(now: number): Turnstile & { keep(): void }
}

/** With so many buckets, those that have rested are forgotten. */
const MANY = 2000

/** Instants are milliseconds of a clock that only runs forward. */
export function openPace(): Pace {
  const buckets = new Map<string, Bucket>()
  const put = ({ name, rate }: Toll, bucket: Bucket, now: number): void => {
    if (buckets.size > MANY) forget(buckets, rate, now)
    buckets.set(name, bucket)
  }
  return {
    refuse: (all, now, seconds, scope) => {
      const toll = all.find(each => each.scope === scope) ?? all[0]
      if (toll) put(toll, refused(buckets.get(toll.name) ?? full(toll.rate, now), toll.rate, now, seconds), now)
    },
    trial: now => {
      const tried = new Map<string, { toll: Toll; bucket: Bucket }>()
      const of = ({ name, rate }: Toll): Bucket => tried.get(name)?.bucket ?? buckets.get(name) ?? full(rate, now)
      return {
        ready: (all, answer) => Math.max(now, ...all.map(toll => readyIn(toll, of(toll), now, answer))),
        take: all => {
          for (const toll of all) tried.set(toll.name, { toll, bucket: taken(of(toll), toll.rate, now) })
        },
        keep: () => {
          for (const { toll, bucket } of tried.values()) put(toll, bucket, now)
        },
      }
    },
  }
}

/**
 * What a whole account may send is documented as a rough figure, and meant for what is sent unasked: whoever waits for an answer is
 * answered at once, unless the platform has just refused.
 */
const readyIn = ({ scope, rate }: Toll, bucket: Bucket, now: number, answer: boolean): number =>
  answer && scope === 'account' ? Math.max(now, bucket.shutUntil) : readyAt(bucket, rate, now, answer)

/** Only buckets of one kind are many, those of places: they share their rate. */
function forget(buckets: Map<string, Bucket>, rate: Rate, now: number): void {
  for (const [name, bucket] of buckets) if (isRested(bucket, rate, now)) buckets.delete(name)
}

import type { Tx } from '#src/core/feature.ts'
import { wholeMonth } from '#src/features/digests/rules.ts'
import { findPractices } from '#src/features/practices/catalogue/search/store.ts'
import { practiceOptions } from '#src/features/practices/catalogue/store.ts'
import { openStore } from '#src/storage/database.ts'
import { type Benchmark, type Line, median, milliseconds, quantile, timed } from './lib/benchmark.ts'
import { crowdOn } from './lib/crowd.ts'
import { engineName, freshDatabase, settled } from './lib/ground.ts'
import { past } from './lib/history.ts'

/** The least, for comparison, and what a community may have in many years. */
const SIZES = [10_000, 100_000, 1_000_000]
const TIMES = 15
const SEARCHES = 200
const MONTH = '2026-12'
const reader = { locale: 'it', timezone: 'Europe/Rome' }

/** A month's digest and a search, in databases with more and more history. */
export const benchmark: Benchmark = {
  about: 'The digest of the same month over 10,000 rows of history; for the search, 20 ms.',
  run: async () => {
    const grown: Grown[] = []
    for (const size of SIZES) grown.push(await measured(size))
    const [least] = grown
    if (!least) throw new Error('nothing was measured')
    return grown.flatMap(each => linesOf(each, least))
  },
}

interface Grown {
  size: number
  digest: number[]
  search: number[]
}

function linesOf({ size, digest, search }: Grown, least: Grown): Line[] {
  const [own, reference] = [median(digest), median(least.digest)]
  const rows = size.toLocaleString('en')
  const slowest = quantile(search, 0.99)
  const found = {
    what: `search, ${(size / 10).toLocaleString('en')} practices, p99, ${engineName()}`,
    ours: milliseconds(slowest),
    reference: milliseconds(20),
    ratio: slowest / 20,
    target: { atMost: 1 },
  }
  const told = {
    what: `digest of a month, ${rows} rows of history, ${engineName()}`,
    ours: milliseconds(own),
    reference: milliseconds(reference),
    ratio: own / reference,
    target: { atMost: 1.5 },
  }
  return size === least.size ? [found] : [told, found]
}

async function measured(size: number): Promise<Grown> {
  const address = await freshDatabase()
  const store = await openStore(address)
  const { bot } = await crowdOn(store, 1)
  await past(store, { count: size, from: Temporal.Instant.from('2016-01-01T00:00:00Z'), days: 3600, after: 1000 })
  await past(store, { count: 400, from: Temporal.Instant.from('2026-12-02T00:00:00Z'), days: 20, after: size + 1000 })
  await settled(address)
  const window = wholeMonth(MONTH, reader.timezone)
  const digest = await repeated(TIMES, () => bot.act(world => world.everything.digest(window, reader)))
  const search = await repeated(SEARCHES, n => store.read(tx => searched(tx, n)))
  await bot.stop()
  return { size, digest, search }
}

/** What people type: a rare word, a common one, the beginning of one, several. */
const typed = (n: number): string =>
  [`parola${(n * 7919) % 20_011}`, 'sportello', 'energ', 'gestione scuola', 'P-0012'][n % 5] ?? ''

/** In a search field and as a command, in turns. */
const searched = (tx: Tx, n: number): Promise<unknown> =>
  n % 2 === 0 ? practiceOptions(tx, typed(n)) : findPractices(tx, typed(n))

async function repeated(times: number, work: (n: number) => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  for (let n = 0; n < times + 3; n += 1) all.push(await timed(() => work(n)))
  return all.slice(3)
}

import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Busy, type Limits } from '#src/core/platform.ts'
import { outbox } from '#src/delivery/schema.ts'
import { queries } from '#src/storage/database.ts'
import { leases } from '#src/storage/schema.ts'
import { aPlace, type Delivery, delivery, mortal, type Whim } from '#test/support/post-office.ts'

const limits: Limits = { place: { perMinute: 60, burst: 3 }, account: { perMinute: 600, burst: 10 }, parallel: 4 }
const places = ['a', 'b', 'c', 'd']
const whims = fc.array(fc.constantFrom<Whim>('takes', 'takes', 'accepted', 'cut', 'busy'), { maxLength: 60 })

/** Letters for several places, some of them edited; what each place should show at the end. */
async function enqueue({ put }: Delivery, count: number): Promise<Map<string, string[]>> {
  const wanted = new Map<string, string[]>(places.map(place => [place, []]))
  for (let n = 0; n < count; n += 1) {
    const place = places[n % places.length] ?? ''
    await put({ to: aPlace(place), key: `k${n}`, text: `k${n}` })
    wanted.get(place)?.push(`k${n}`)
  }
  return wanted
}
const shown = ({ office }: Delivery): Map<string, string[]> =>
  new Map(places.map(place => [place, office.arrived.filter(each => each.place === place).map(({ key }) => key)]))

describe('whatever goes wrong', { timeout: 60_000 }, () => {
  test('each letter arrives once, in the order of its place', async () => {
    await fc.assert(
      fc.asyncProperty(whims, async faults => {
        const here = await delivery(limits, () => new Busy(3))
        let step = 0
        here.office.whim = () => faults[step++] ?? 'takes'
        const wanted = await enqueue(here, 24)
        await here.play()
        expect(shown(here)).toEqual(wanted)
      }),
      { numRuns: 20 },
    )
  })

  test('also when the process dies at any moment and another takes over', async () => {
    await fc.assert(
      fc.asyncProperty(whims, fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 }), async (faults, deaths) => {
        const here = await delivery(limits, () => new Busy(3))
        const wanted = await enqueue(here, 16)
        let step = 0
        for (const after of deaths) {
          // It dies with a call under way: what it sent may have arrived, and nobody is there to hear.
          let calls = 0
          const dying = here.another({ store: mortal(here.store, () => calls >= after) })
          const dead = Promise.withResolvers<void>()
          here.office.whim = (_, at) => {
            calls += 1
            if (calls < after) return faults[step++] ?? 'takes'
            if (calls === after && faults[step++] !== 'cut') take(here, at.to.id, at.key, _)
            dead.resolve()
            return new Promise(() => {})
          }
          await Promise.race([dead.promise, dying.drain().catch(() => {})])
          here.time.now += 1000
        }
        here.office.whim = () => faults[step++] ?? 'takes'
        await here.play()
        expect(shown(here)).toEqual(wanted)
      }),
      { numRuns: 20 },
    )
  })
})

/** The call arrives though its answer never does. */
function take({ office, time }: Delivery, place: string, key: string, what: string): void {
  if (what === 'post') office.arrived.push({ place, key, text: key, at: time.now, edits: [] })
}

describe('several processes', () => {
  test('share the work: each letter arrives once, in the order of its place', async () => {
    const here = await delivery({ parallel: 2 }, undefined, true)
    const other = here.another()
    const wanted = await enqueue(here, 80)
    // The first letters are on their way until both processes have some.
    const both = Promise.withResolvers<'takes'>()
    let calls = 0
    here.office.whim = () => {
      calls += 1
      if (calls === 3) both.resolve('takes')
      return both.promise
    }
    for (let open = true; open; ) {
      await Promise.all([here.sender.drain(), other.drain()])
      here.time.now += 1000
      const rows = await here.store.read(tx => queries(tx).select().from(outbox).where(eq(outbox.status, 'sent')))
      open = rows.length < 80
    }
    expect(shown(here)).toEqual(wanted)
    expect(here.office.most).toBeGreaterThan(2)
    expect(await here.store.read(tx => queries(tx).select().from(leases))).toEqual([])
    await other.stop()
  })

  test('one that dies is succeeded when its lease is over, not before, and what it sent is looked for', async () => {
    const here = await delivery(limits, undefined, true)
    await enqueue(here, 4)
    const dead = Promise.withResolvers<void>()
    let calls = 0
    here.office.whim = (what, { to, key }) => {
      take(here, to.id, key, what)
      calls += 1
      if (calls === 4) dead.resolve()
      return new Promise(() => {})
    }
    void here.another().drain()
    await dead.promise
    here.office.whim = () => 'takes'
    here.office.calls.length = 0
    await here.play(5000)
    expect(here.office.calls).toEqual([])

    await here.store.transaction(async tx => void (await queries(tx).update(leases).set({ until: 1 })))
    await here.play(5000)
    expect(here.office.calls.map(({ what }) => what)).toEqual(['find', 'find', 'find', 'find'])
    expect(new Set(here.office.arrived.map(({ key }) => key))).toEqual(new Set(['k0', 'k1', 'k2', 'k3']))
    expect(here.office.arrived).toHaveLength(4)
    await here.sender.stop()
  })
})

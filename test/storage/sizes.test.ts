import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { Tx } from '#src/core/feature.ts'
import { memberships } from '#src/features/communities/schema.ts'
import * as communities from '#src/features/communities/store.ts'
import { openStore, queries } from '#src/storage/database.ts'
import { addMember } from '#src/storage/members.ts'
import { freshDatabase } from '#test/support/database.ts'

const places = ['suape', 'verde']
const start = Temporal.Instant.from('2027-02-01T00:00:00Z')
const hour = (hours: number): Temporal.Instant => start.add({ hours })
const deeds = fc.record({
  kind: fc.constantFrom('begin', 'join', 'leave', 'enroll', 'merge'),
  who: fc.nat(5),
  other: fc.nat(5),
  where: fc.constantFrom(...places),
})

async function done(tx: Tx, { kind, who, other, where }: Done, now: Temporal.Instant): Promise<void> {
  const row = await communities.membership(tx, who, where)
  if (kind === 'begin') await communities.startMembership(tx, who, where, now)
  else if (kind === 'join') void (row && (await communities.join(tx, row, now)))
  else if (kind === 'leave') await communities.leave(tx, who, where, now)
  else if (kind === 'enroll') await communities.enroll(tx, who, where, now)
  else if (who !== other) await communities.joinPeople(tx, { from: other, into: who })
}
interface Done {
  kind: string
  who: string
  other: string
  where: string
}

/** What the rows themselves say, of now and of an instant. */
async function counted(tx: Tx, where: string, at?: Temporal.Instant): Promise<number> {
  const rows = (await queries(tx).select().from(memberships)).filter(row => row.community === where)
  if (!at) return rows.filter(({ state }) => state === 'member').length
  const moment = at.epochMilliseconds
  const there = (leftAt: number | null): boolean => leftAt === null || leftAt > moment
  return rows.filter(({ joinedAt, leftAt }) => joinedAt !== null && joinedAt < moment && there(leftAt)).length
}

test('however people come, leave, come back and turn out to be one, each community knows how many it had', async () => {
  const store = await openStore(await freshDatabase())
  onTestFinished(store.close)
  const about = { audience: null, territory: null, controller: '', privacyContact: '' }
  await store.transaction(async tx => {
    for (const id of places) await communities.saveCommunity(tx, { id, name: { it: id }, ...about })
  })
  const person = { person: null, name: 'Una persona', locale: 'it', timezone: 'Europe/Rome', organization: null }
  await fc.assert(
    fc.asyncProperty(fc.array(deeds, { minLength: 10, maxLength: 40 }), async all => {
      await store.transaction(async tx => {
        await queries(tx).delete(memberships)
        const people = await Promise.all(Array.from({ length: 6 }, () => addMember(tx, person, start)))
        for (const [at, { who, other, ...rest }] of all.entries())
          await done(tx, { ...rest, who: people[who] ?? '', other: people[other] ?? '' }, hour(at))
        for (const where of places) {
          expect(await communities.memberCount(tx, where)).toBe(await counted(tx, where))
          for (const at of [3, 7, all.length, all.length + 1].map(hour))
            expect(await communities.memberCountAt(tx, where, at)).toBe(await counted(tx, where, at))
        }
      })
    }),
    { numRuns: 40 },
  )
})

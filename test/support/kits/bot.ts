import { onTestFinished } from 'vitest'
import type { Tx } from '#src/core/feature.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { applyKit } from '#src/kit/apply.ts'
import { describeChange } from '#src/kit/messages.ts'
import { planKit } from '#src/kit/plan.ts'
import { openStore } from '#src/storage/database.ts'
import { memberNamed } from '#src/storage/members.ts'
import { freshDatabase } from '#test/support/database.ts'
import { kitIn } from './kits.ts'

export const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })

/** A new database, and what one does with kits on it. Lines are what the administrator reads. */
export async function anEmptyBot() {
  const store = await openStore(await freshDatabase('kit'))
  onTestFinished(() => store.close())
  const told = (changes: Awaited<ReturnType<typeof planKit>>) => changes.map(each => t.plain(describeChange(t, each)))
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store.read(work)
  return {
    read,
    write: store.transaction,
    plans: async (text: string) => told(await store.read(tx => planKit(tx, kitIn(text)))),
    applies: async (text: string) => told(await store.transaction(tx => applyKit(tx, kitIn(text), now))),
    id: async (person: string) => (await read(tx => memberNamed(tx, person)))?.id ?? 'nobody',
  }
}

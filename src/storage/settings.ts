import { eq, sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { LocalText, Reader } from '#src/core/message.ts'
import { type Quiet, usualQuiet } from '#src/core/quiet.ts'
import { queries } from './database.ts'
import { given, prepared } from './prepared.ts'
import { counters, settings } from './schema.ts'

/** What the kit says of the whole programme. */
export interface Programme extends Reader {
  name: LocalText
  /** The day of the patron saint of the programme's seat, `MM-DD`. */
  feast?: string
  /** Rules that replace a job's default: `checkins.open` and an RRULE. */
  schedules: Record<string, string>
  /** Whether entering a workspace, and not only a community's place, starts onboarding. */
  welcomeAtDoor: boolean
  /** When nothing is said that nobody waits for. */
  quiet: Quiet
}
const usual: Programme = {
  name: {},
  locale: 'it',
  timezone: 'Europe/Rome',
  schedules: {},
  welcomeAtDoor: false,
  quiet: usualQuiet,
}

const named = prepared(on =>
  on
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.name, given('name'))),
)
export async function setting<T>(tx: Tx, name: string): Promise<T | undefined> {
  const [row] = await named(tx).execute({ name })
  return row?.value as T | undefined
}
export async function saveSetting(tx: Tx, name: string, value: unknown): Promise<void> {
  await queries(tx)
    .insert(settings)
    .values({ name, value })
    .onConflictDoUpdate({ target: settings.name, set: { value } })
}

/** What the kit says; until there is one, the language and the time that whoever runs the bot has chosen. */
export const programme = async (tx: Tx): Promise<Programme> => ({
  ...usual,
  ...((await setting<Programme>(tx, 'programme')) ?? (await setting<Reader>(tx, UNTIL_THE_KIT))),
})
export const speakUntilTheKit = (tx: Tx, reader: Reader): Promise<void> => saveSetting(tx, UNTIL_THE_KIT, reader)
const UNTIL_THE_KIT = 'reader'

const counting = prepared(on =>
  on
    .insert(counters)
    .values({ series: given('series'), last: 1 })
    .onConflictDoUpdate({ target: counters.series, set: { last: sql`${counters.last} + 1` } })
    .returning(),
)
/** The next number of a series, starting at 1: `practices`, `requests:2027`. */
export async function nextNumber(tx: Tx, series: string): Promise<number> {
  const [row] = await counting(tx).execute({ series })
  if (!row) throw new Error(`no number for ${series}`)
  return row.last
}

import { openReadOnly } from '#src/storage/database.ts'
import { inspectDatabase } from '#src/storage/inspect.ts'
import { placesOn } from '#src/storage/places.ts'
import { openLog } from '../log.ts'
import { databaseOf } from '../shell.ts'
import { checkedSlack, isSlackWhole } from '../slack.ts'
import { type Check, ok, todo } from './check.ts'

/** The tokens, what they may do, the channels that the bot writes to, and Slack's clock. */
export const slack: Check = async ({ t, settings }) => {
  // What is missing, the check of the settings says.
  if (!settings || !isSlackWhole(settings)) return []
  const file = databaseOf(settings)
  const seen = inspectDatabase(file)
  const places = seen.state === 'sound' && seen.lacking === 0 ? await placesIn(file) : []
  return (await checkedSlack(settings, { places, log: openLog('silent'), now: Temporal.Now.instant }, t)).map(
    ({ ok: well, text }) => (well ? ok(NAME, text) : todo(NAME, text)),
  )
}
const NAME = 'Slack'

async function placesIn(file: string) {
  const store = await openReadOnly(file)
  try {
    return await store.read(tx => placesOn(tx, 'slack'))
  } finally {
    await store.close()
  }
}

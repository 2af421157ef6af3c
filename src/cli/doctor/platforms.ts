import type { Settings } from '#src/config.ts'
import type { Finding as Seen } from '#src/core/finding.ts'
import type { PlatformName } from '#src/core/interaction.ts'
import { openReadOnly } from '#src/storage/database.ts'
import { inspectDatabase } from '#src/storage/inspect.ts'
import { type BoundPlace, placesOn } from '#src/storage/places.ts'
import { openLog } from '../log.ts'
import { checkedMatrix, isMatrixWhole } from '../matrix.ts'
import { databaseOf } from '../shell.ts'
import { checkedSlack, isSlackWhole } from '../slack.ts'
import { type Check, type Finding, note, ok, todo } from './check.ts'

/** The tokens, what they may do, the channels that the bot writes to, and Slack's clock. */
export const slack: Check = async ({ t, settings }) => {
  // What is missing, the check of the settings says.
  if (!settings || !isSlackWhole(settings)) return []
  const places = await placesIn(settings, 'slack')
  const seen = await checkedSlack(settings, { places, log: openLog('silent'), now: Temporal.Now.instant }, t)
  return seen.map(said('Slack'))
}

/** The account, its device and keys, and the rooms that the bot writes to. */
export const matrix: Check = async ({ t, settings }) => {
  if (!settings || !isMatrixWhole(settings)) return []
  return (await checkedMatrix(settings, await placesIn(settings, 'matrix'), t)).map(said('Matrix'))
}

const said =
  (name: string) =>
  ({ ok: well, note: advice, text }: Seen): Finding =>
    advice ? note(name, text) : well ? ok(name, text) : todo(name, text)

async function placesIn(settings: Settings, platform: PlatformName): Promise<BoundPlace[]> {
  const file = databaseOf(settings)
  const seen = await inspectDatabase(file)
  if (seen.state !== 'sound' || seen.lacking > 0) return []
  const store = await openReadOnly(file)
  try {
    return await store.read(tx => placesOn(tx, platform))
  } finally {
    await store.close()
  }
}

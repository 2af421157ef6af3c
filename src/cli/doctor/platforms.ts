import type { Settings } from '#src/config.ts'
import type { Finding as Seen } from '#src/core/finding.ts'
import type { PlatformName } from '#src/core/interaction.ts'
import { peopleBeyond } from '#src/storage/accounts.ts'
import { type BoundPlace, placesByPlatform, placesOn } from '#src/storage/places.ts'
import { isLive } from '../community.ts'
import { openLog } from '../log.ts'
import { checkedMatrix, isMatrixWhole } from '../matrix.ts'
import { checkedSlack, isSlackWhole } from '../slack.ts'
import { type Check, type Finding, note, ok, todo } from './check.ts'
import { inDatabase } from './in-database.ts'

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

/** Places where nothing is said, and people to whom nothing is, because the settings do not speak of their platform. */
export const places: Check = async ({ t, settings }) => {
  if (!settings || !isLive(settings)) return []
  const whole = [
    ...(isSlackWhole(settings) ? (['slack'] as const) : []),
    ...(isMatrixWhole(settings) ? (['matrix'] as const) : []),
  ]
  const known = await inDatabase(settings, placesByPlatform)
  const left = known.filter(({ platform }) => !whole.some(each => each === platform))
  const [people = 0] = await inDatabase(settings, async tx => [await peopleBeyond(tx, whole)])
  return [
    ...left.map(({ platform, count }) =>
      note(NAMES[platform], t('shell.doctor.leftOut', { count, platform: NAMES[platform] })),
    ),
    ...(people > 0 ? [note(t('shell.doctor.people'), t('shell.doctor.unreached', { count: people }))] : []),
  ]
}
const NAMES = { slack: 'Slack', matrix: 'Matrix', web: 'web', console: 'console' } as const

const said =
  (name: string) =>
  ({ ok: well, note: advice, text }: Seen): Finding =>
    advice ? note(name, text) : well ? ok(name, text) : todo(name, text)

const placesIn = (settings: Settings, platform: PlatformName): Promise<BoundPlace[]> =>
  inDatabase(settings, tx => placesOn(tx, platform))

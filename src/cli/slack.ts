import type { Settings } from '#src/config.ts'
import { WrongSettings } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import type { Log } from '#src/core/ports.ts'
import { type SlackPlatform, slackPlatform } from '#src/platforms/slack/adapter.ts'
import { checkSlack, type Finding } from '#src/platforms/slack/checks.ts'
import type { Mode } from '#src/platforms/slack/door.ts'
import type { Store } from '#src/storage/database.ts'
import { LARGEST_FILE } from '#src/storage/files.ts'
import { accountsOf } from '#src/storage/members.ts'
import { placesOn } from '#src/storage/places.ts'
import { programme } from '#src/storage/settings.ts'

export interface SlackParts {
  store: Store
  log: Log
  now: () => Temporal.Instant
}

/** The Slack platform of these settings; undefined when they do not speak of Slack. */
export async function slackOf(settings: Settings, { store, ...rest }: SlackParts): Promise<SlackPlatform | undefined> {
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: api } = settings
  const mode = modeOf(settings)
  if (!token || !mode) return undefined
  return slackPlatform({
    ...rest,
    token,
    mode,
    api,
    accountOf: (member, workspace) =>
      store.read(async tx => {
        const hers = await accountsOf(tx, member)
        return hers.find(each => each.platform === 'slack' && each.workspace === workspace)?.account
      }),
    welcomesAtDoor: async () => (await store.read(programme)).welcomeAtDoor,
    home: await store.read(programme),
    largestFile: LARGEST_FILE,
  })
}

/** Over a socket, unless there is a secret to check signed requests with. */
function modeOf(settings: Settings): Mode | undefined {
  const { SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = settings
  if (!token && !appToken && !signingSecret) return undefined
  if (!token) throw new WrongSettings('SLACK_BOT_TOKEN: needed to speak on Slack (xoxb-…)')
  if (signingSecret) return { signingSecret }
  if (appToken) return { appToken }
  throw new WrongSettings(
    'SLACK_APP_TOKEN: needed for Socket Mode (xapp-…); or SLACK_SIGNING_SECRET for signed requests',
  )
}

/** What `bot doctor` has to say about Slack; nothing when the settings do not speak of it. */
export async function checkedSlack(
  settings: Settings,
  { store, log, now }: SlackParts,
  t: Translate,
): Promise<Finding[]> {
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: api } = settings
  const mode = modeOf(settings)
  if (!token || !mode) return []
  const places = await store.read(tx => placesOn(tx, 'slack'))
  return checkSlack({ token, mode, api, log, now, places }, t)
}

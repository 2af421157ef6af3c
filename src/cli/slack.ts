import type { Settings } from '#src/config.ts'
import { WrongSettings } from '#src/config.ts'
import type { Finding } from '#src/core/finding.ts'
import type { Translate } from '#src/core/message.ts'
import type { SlackPlatform } from '#src/platforms/slack/adapter.ts'
import type { ToCheck } from '#src/platforms/slack/checks.ts'
import type { Mode } from '#src/platforms/slack/door.ts'
import { LARGEST_FILE } from '#src/storage/files.ts'
import { accountsOf } from '#src/storage/members.ts'
import { programme } from '#src/storage/settings.ts'
import type { PlatformOpener, PlatformParts } from './opener.ts'

/** Slack for a community that lives there. */
export const slack: PlatformOpener = {
  title: 'Slack',
  named: ({ SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: secret }) =>
    [token, appToken, secret].some(Boolean),
  open: async (settings, parts) => {
    const platform = await slackOf(settings, parts)
    return { platform, ...(platform.listener && { answers: { '/slack/events': platform.listener } }) }
  },
}

/** The Slack platform of these settings. Throws `WrongSettings` when they are not enough. */
export async function slackOf(settings: Settings, { store, ...rest }: PlatformParts): Promise<SlackPlatform> {
  // What speaks to Slack is large: a bot that lives elsewhere does without.
  const { slackPlatform } = await import('#src/platforms/slack/adapter.ts')
  return slackPlatform({
    ...rest,
    ...lineOf(settings),
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

/** How Slack is reached: over a socket, unless there is a secret to check signed requests with. */
function lineOf(settings: Settings): { token: string; mode: Mode; api: string } {
  const { SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = settings
  const { SLACK_API_URL: api } = settings
  if (!token) throw new WrongSettings('SLACK_BOT_TOKEN: needed to speak on Slack (xoxb-…)')
  if (signingSecret) return { token, api, mode: { signingSecret } }
  if (appToken) return { token, api, mode: { appToken } }
  throw new WrongSettings(
    'SLACK_APP_TOKEN: needed for Socket Mode (xapp-…); or SLACK_SIGNING_SECRET for signed requests',
  )
}

/** What `bot doctor` has to say about Slack, and about the places there that the bot writes to. */
export async function checkedSlack(
  settings: Settings,
  what: Omit<ToCheck, 'token' | 'mode' | 'api'>,
  t: Translate,
): Promise<Finding[]> {
  const { checkSlack } = await import('#src/platforms/slack/checks.ts')
  return checkSlack({ ...what, ...lineOf(settings) }, t)
}

/** Whether the settings speak of Slack, and say enough to reach it. */
export const isSlackWhole = ({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET }: Settings): boolean =>
  Boolean(SLACK_BOT_TOKEN && (SLACK_APP_TOKEN || SLACK_SIGNING_SECRET))

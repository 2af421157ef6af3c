import { expect, test } from 'vitest'
import { words } from '#test/support/slack/draw.ts'
import { slashes } from '#test/support/slack/hands.ts'
import { type Here, slackHere } from '#test/support/slack/here.ts'

const text = (message: { blocks: Record<string, unknown>[] }): string => message.blocks.map(words).join('\n')

/** The administrator gives a channel its use; then time passes, until what failed has been tried again. */
async function binds({ rig, channel, settled, later }: Here): Promise<void> {
  await slashes(rig, 'administrator', channel('digitale'), 'associa chi coordina')
  await settled()
  await later()
}
const refused = (here: Here, method: string, error: string): void =>
  void here.rig.api.faults.push({ method, kind: 'error', error })
const toAdministrator = async (here: Here): Promise<string> => (await here.inDm('administrator')).map(text).join()

for (const error of ['internal_error', 'fatal_error', 'request_timeout', 'token_expired'])
  test(`a channel that Slack cannot let it into now (${error}): it tries again, and nobody is told to invite it`, async () => {
    const here = await slackHere()
    await here.rig.as('animatore', 'conversations.leave', { channel: here.channel('digitale') })
    refused(here, 'conversations.join', error)
    await binds(here)

    expect(await toAdministrator(here)).not.toContain('/invite')
    expect(here.inChannel('digitale')).toHaveLength(1)
  })

for (const error of ['is_archived', 'missing_scope', 'too_many_members'])
  test(`a channel that Slack will not let it into (${error}): whoever bound it hears whom to ask`, async () => {
    const here = await slackHere()
    await here.rig.as('animatore', 'conversations.leave', { channel: here.channel('digitale') })
    refused(here, 'conversations.join', error)
    await binds(here)

    expect(await toAdministrator(here)).toContain('/invite')
    expect(here.inChannel('digitale')).toHaveLength(0)
  })

test('in a private channel where it is already it speaks, though at first Slack could not say that it is', async () => {
  const here = await slackHere()
  for (let times = 0; times < 2; times += 1)
    refused(here, 'conversations.join', 'method_not_supported_for_channel_type')
  refused(here, 'conversations.info', 'internal_error')
  await binds(here)

  expect(await toAdministrator(here)).not.toContain('/invite')
  expect(here.inChannel('digitale')).toHaveLength(1)
})

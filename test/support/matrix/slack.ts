// One community on two platforms that people really use: Slack's rig and, beside it, Matrix on a homeserver in memory.
import { parse, stringify } from 'yaml'
import { openLanguage } from '#src/i18n/language.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'
import { type Here, slackHere } from '#test/support/slack/here.ts'
import { strict } from '../community.ts'
import { type Hands, handsOn, onMatrix, platformOn } from './hands.ts'
import type { Recorded } from './recorded.ts'

export interface BothPlatforms {
  slack: Here
  matrix: Hands
  server: Recorded
}

/** Those who are named have a Matrix account in the kit too; the others are on Slack alone. */
export async function slackAndMatrix(only: readonly string[]): Promise<BothPlatforms> {
  const kit = parse(demoKit())
  const server = onMatrix(kit, only)
  const slack = await slackHere({
    prepare: preparing(stringify(kit), openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })),
    beside: ({ store, now }) => [platformOn(server, store, { now, log: strict })],
  })
  return { slack, server, matrix: handsOn(server, slack.settled) }
}

// The whole bot with the console and, beside it, Matrix on a homeserver in memory: one community on two platforms.
import { onTestFinished } from 'vitest'
import { parse, stringify } from 'yaml'
import { openStage } from '#src/cli/stage.ts'
import type { Platform } from '#src/core/platform.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'
import type { Bot } from '#src/main.ts'
import type { Shown } from '#src/platforms/console/draw.ts'
import { play } from '#src/platforms/console/rehearsal.ts'
import type { Store } from '#src/storage/database.ts'
import { strict } from '../community.ts'
import { freshDatabase } from '../database.ts'
import { type Hands, handsOn, onMatrix, platformOn, user } from './hands.ts'
import { ME, type Recorded } from './recorded.ts'

export interface Beside extends Hands {
  server: Recorded
  store: Store
  bot: Bot
  platform: Platform
  /** Somebody of the console acts. */
  line(line: object): Promise<void>
  shown: Shown[]
  settle(): Promise<void>
}

export interface BesideOptions {
  /** The people who have a Matrix account in the kit; everybody, without it. */
  only?: readonly string[]
  /** What befalls the homeserver before the bot starts. */
  before?: (server: Recorded) => void
}
export async function besideTheConsole({ only, before }: BesideOptions = {}): Promise<Beside> {
  const kit = parse(demoKit())
  const server = onMatrix(kit, only)
  before?.(server)
  const shown: Shown[] = []
  const show = (line: object): void => void shown.push(line as Shown)
  let platform: Platform | undefined
  const { stage, store, bot } = await openStage({
    db: await freshDatabase('beside'),
    prepare: preparing(stringify(kit), openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })),
    at: Temporal.Instant.from('2027-01-11T09:00:00Z'),
    asks: 'form',
    log: strict,
    show,
    out: show,
    beside: ({ store: opened, now }) => {
      platform = platformOn(server, opened, { now, log: strict })
      return [platform]
    },
  })
  if (!platform) throw new Error('nothing was opened beside the console')
  onTestFinished(() => bot.stop())
  return {
    ...handsOn(server, bot.settle),
    server,
    store,
    bot,
    platform,
    shown,
    settle: bot.settle,
    line: async line => {
      const wrong = await play(JSON.stringify(line), stage)
      if (wrong) throw new Error(JSON.stringify(wrong))
    },
  }
}

export { ME, user }

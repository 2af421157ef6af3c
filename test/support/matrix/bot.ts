// The bot on a homeserver, put together as in production but for the clock, which stands still until it is moved.
import { openClock } from '#src/cli/clock.ts'
import { matrixOf } from '#src/cli/matrix.ts'
import type { PlatformParts } from '#src/cli/opener.ts'
import { readSettings } from '#src/config.ts'
import type { Platform } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { features } from '#src/features/index.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { preparing } from '#src/kit/prepare.ts'
import { assemble, type Bot } from '#src/main.ts'
import { workers } from '#src/outward/workers.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { memoryOf } from '#src/storage/memory.ts'

export interface BotOptions {
  homeserver: string
  user: string
  password: string
  db: string
  /** The text of a kit. */
  kit: string
  /** Where the device and its keys are kept. */
  folder: string
  recoveryKey?: string
}
export interface Running {
  store: Store
  bot: Bot
  platform: Platform
  errors: unknown[]
  now: () => Temporal.Instant
  moveTo(at: string): Promise<void>
  close(): Promise<void>
}

/** The platform, with the account that a bot was given. */
export const matrixFor = (options: Omit<BotOptions, 'db' | 'kit'>, parts: PlatformParts): Promise<Platform> =>
  matrixOf(
    readSettings({
      DATA_DIR: options.folder,
      MATRIX_HOMESERVER_URL: options.homeserver,
      MATRIX_USER_ID: options.user,
      MATRIX_PASSWORD: options.password,
      MATRIX_RECOVERY_KEY: options.recoveryKey,
    }),
    parts,
  )

export async function startBot(options: BotOptions): Promise<Running> {
  const { db, kit } = options
  const errors: unknown[] = []
  const log: Log = {
    info: () => {},
    warn: (fields, what) => void (process.env.SHOW_LOG && console.warn(what, fields)),
    error: (fields, what) => errors.push([what, fields]),
  }
  const store = await openStore(db)
  const clock = await openClock(memoryOf(store, 'stage'), Temporal.Instant.from('2027-01-11T09:00:00Z'))
  const prepare = preparing(kit, openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' }))
  await store.transaction(tx => prepare(tx, clock.now()))
  const matrix = await matrixFor(options, { store, log, now: clock.now })
  let tail: Promise<void> = Promise.resolve()
  const wake = (): void => {
    tail = tail.then(() => bot.settle()).catch(error => void errors.push(error))
  }
  // What paces runs on: on a clock that stands still nothing more would go, once so much has gone.
  const clocks = { now: clock.now, elapsed: () => performance.now() }
  const bot: Bot = assemble({ store, features, platforms: [matrix], workers, ...clocks, log, wake })
  await bot.start()
  return {
    store,
    bot,
    platform: matrix,
    errors,
    now: clock.now,
    moveTo: async (at: string) => {
      await tail
      await clock.moveTo(Temporal.Instant.from(at), bot)
    },
    close: async () => {
      await tail
      await bot.stop()
    },
  }
}
